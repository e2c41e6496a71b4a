//! Choose one of a closed list (Select), or type to find it (ComboBox).
import { Check, ChevronDown } from "lucide-react";
import {
  ComboBox as AriaComboBox,
  type ComboBoxProps as AriaComboBoxProps,
  Select as AriaSelect,
  Button,
  Group,
  Input,
  type Key,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
} from "react-aria-components";
import { cx } from "./cx";
import { FieldFrame, type FieldTexts } from "./Field";
import fieldStyles from "./Field.module.css";
import styles from "./Select.module.css";

export interface Option<Id extends string = string> {
  id: Id;
  label: string;
  detail?: string | undefined;
}

function OptionItem({ id, label, detail }: Option) {
  return (
    <ListBoxItem id={id} textValue={label} className={cx(styles.option)}>
      <Check size={16} aria-hidden className={cx(styles.check)} />
      <span>
        <span>{label}</span>
        {detail && <span className={styles.detail}>{detail}</span>}
      </span>
    </ListBoxItem>
  );
}

type SelectProps<Id extends string> = FieldTexts & {
  options: readonly Option<Id>[];
  value: Id | null;
  onChange: (id: Id) => void;
  placeholder?: string;
  isDisabled?: boolean;
};

export function Select<Id extends string>(props: SelectProps<Id>) {
  const {
    label,
    hint,
    error,
    optional,
    options,
    value,
    onChange,
    placeholder = "Choisir…",
    isDisabled = false,
  } = props;
  const choose = (key: Key | null) => {
    const option = options.find(({ id }) => id === key);
    if (option) onChange(option.id);
  };
  return (
    <AriaSelect
      value={value}
      onChange={choose}
      isInvalid={Boolean(error)}
      isDisabled={isDisabled}
      placeholder={placeholder}
      className={cx(fieldStyles.field)}
    >
      <FieldFrame label={label} hint={hint} error={error} optional={optional}>
        <Button className={cx(fieldStyles.input, styles.trigger)}>
          <SelectValue className={cx(styles.value)}>{({ selectedText }) => selectedText || placeholder}</SelectValue>
          <ChevronDown size={18} aria-hidden />
        </Button>
      </FieldFrame>
      <Popover className={cx(styles.popover)} offset={4}>
        <ListBox items={options} className={cx(styles.list)}>
          {(option) => <OptionItem {...option} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

type ComboBoxProps = FieldTexts &
  Omit<AriaComboBoxProps<Option>, "children" | "className" | "style" | "items" | "defaultItems"> & {
    /** A fixed list is filtered while typing. For a list found by the application, pass `found` instead. */
    options?: readonly Option[];
    found?: readonly Option[];
    placeholder?: string;
  };

export function ComboBox({ label, hint, error, optional, options, found, placeholder, ...rest }: ComboBoxProps) {
  const source = found ? { items: found } : { defaultItems: options ?? [] };
  return (
    <AriaComboBox
      menuTrigger="focus"
      allowsEmptyCollection
      {...rest}
      {...source}
      isInvalid={Boolean(error)}
      className={cx(fieldStyles.field)}
    >
      <FieldFrame label={label} hint={hint} error={error} optional={optional}>
        <Group className={cx(styles.combo)}>
          <Input className={cx(fieldStyles.input)} {...(placeholder ? { placeholder } : {})} />
          <Button className={cx(styles.comboButton)} aria-label="Montrer la liste">
            <ChevronDown size={18} aria-hidden />
          </Button>
        </Group>
      </FieldFrame>
      <Popover className={cx(styles.popover)} offset={4}>
        <ListBox<Option>
          className={cx(styles.list)}
          renderEmptyState={() => <p className={styles.empty}>Rien de ce nom.</p>}
        >
          {(option) => <OptionItem {...option} />}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
