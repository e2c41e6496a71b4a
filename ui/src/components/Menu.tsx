//! A button that opens a short list of acts, in sections. Arrows walk, Enter does, Escape closes.
//! Invariant: an act that opens a dialog ends with « … ».
import { Check, ChevronDown, type LucideIcon } from "lucide-react";
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection as AriaMenuSection,
  Header,
  MenuTrigger,
  Popover,
} from "react-aria-components";
import { Button } from "./Button";
import { cx } from "./cx";
import styles from "./Menu.module.css";
import selectStyles from "./Select.module.css";

export interface MenuAct {
  id: string;
  label: string;
  detail?: string | undefined;
  icon?: LucideIcon;
  /** It is what is shown now: a tick stands before it. */
  isCurrent?: boolean;
  run: () => void;
}

export interface MenuPart {
  id: string;
  /** Said above its acts; without a title, a hairline parts them. */
  title?: string | undefined;
  acts: readonly MenuAct[];
}

interface MenuProps {
  label: string;
  icon?: LucideIcon;
  parts: readonly MenuPart[];
  size?: "normal" | "small";
  isPending?: boolean;
}

export function Menu({ label, icon, parts, size = "normal", isPending = false }: MenuProps) {
  const filled = parts.filter(({ acts }) => acts.length > 0);
  return (
    <MenuTrigger>
      <Button {...(icon ? { icon } : {})} size={size} endIcon={ChevronDown} isPending={isPending}>
        {label}
      </Button>
      <Popover className={cx(selectStyles.popover)} offset={4} placement="bottom end">
        <AriaMenu
          className={cx(selectStyles.list, styles.menu)}
          onAction={(key) =>
            filled
              .flatMap(({ acts }) => acts)
              .find(({ id }) => id === key)
              ?.run()
          }
        >
          {filled.map(({ id, title, acts }) => (
            <AriaMenuSection key={id} className={cx(styles.part)} {...(title ? {} : { "aria-label": label })}>
              {title && <Header className={cx(styles.title)}>{title}</Header>}
              {acts.map((act) => (
                <Act key={act.id} {...act} />
              ))}
            </AriaMenuSection>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

function Act({ id, label, detail, icon: Icon, isCurrent }: MenuAct) {
  return (
    <AriaMenuItem id={id} textValue={label} className={cx(selectStyles.option)}>
      {isCurrent !== undefined && (
        <Check size={16} aria-hidden className={cx(styles.mark, isCurrent && styles.current)} />
      )}
      {Icon && <Icon size={16} aria-hidden className={cx(styles.icon)} />}
      <span>
        {label}
        {isCurrent && <span className="visually-hidden"> (affichée)</span>}
        {detail && <span className={selectStyles.detail}>{detail}</span>}
      </span>
    </AriaMenuItem>
  );
}
