//! Buttons. One `primary` a screen; `quiet` in dense rows; `danger` for what cannot simply be undone.
//! Invariant: an icon never stands without a name — IconButton asks for a label and shows it as a tooltip.
import type { LucideIcon } from "lucide-react";
import type { ReactNode, Ref } from "react";
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  Link,
  type LinkProps,
  Tooltip,
  TooltipTrigger,
} from "react-aria-components";
import styles from "./Button.module.css";
import { cx } from "./cx";
import { Kbd } from "./Kbd";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";

interface Look {
  variant?: ButtonVariant;
  size?: "normal" | "small";
  icon?: LucideIcon;
  /** Icon after the words, for « Continuer ↵ ». */
  endIcon?: LucideIcon;
  /** The key that does the same, shown inside. */
  keyHint?: string;
  /** Fills its line. */
  wide?: boolean;
  children: ReactNode;
}

type ButtonProps = Look & Omit<AriaButtonProps, "children" | "className" | "style"> & { ref?: Ref<HTMLButtonElement> };

function lookOf({ variant = "secondary", size = "normal", wide }: Look): string {
  return cx(styles.button, styles[variant], size === "small" && styles.small, wide && styles.wide);
}

function Inside({ icon: Icon, endIcon: EndIcon, keyHint, children }: Look) {
  return (
    <>
      {Icon && <Icon size={18} aria-hidden />}
      <span className={styles.words}>{children}</span>
      {EndIcon && <EndIcon size={18} aria-hidden />}
      {keyHint && <Kbd on="button">{keyHint}</Kbd>}
    </>
  );
}

/** `isPending`: pressed once already, it keeps the focus and does nothing more until the answer comes. */
export function Button(props: ButtonProps) {
  const {
    variant: _v,
    size: _s,
    icon: _i,
    endIcon: _e,
    keyHint: _k,
    wide: _w,
    children: _c,
    isPending,
    ...rest
  } = props;
  // React Aria's own pending state is not used: it announces the button by reference, and the announcement is left
  // without a name when the answer takes the button away with its page.
  const { onPress: _p, type: _t, ...still } = rest;
  return (
    <AriaButton {...(isPending ? { ...still, "aria-disabled": true } : rest)} className={lookOf(props)}>
      <Inside {...props} />
    </AriaButton>
  );
}

/** A place to go, drawn as a button: `href` is a hash route such as « #/signaler ». */
export function LinkButton(props: Look & Omit<LinkProps, "children" | "className" | "style">) {
  const { variant: _v, size: _s, icon: _i, endIcon: _e, keyHint: _k, wide: _w, children: _c, ...rest } = props;
  return (
    <Link {...rest} className={lookOf(props)}>
      <Inside {...props} />
    </Link>
  );
}

type IconButtonProps = Omit<AriaButtonProps, "children" | "className" | "style"> & {
  label: string;
  icon: LucideIcon;
  variant?: ButtonVariant;
};

export function IconButton({ label, icon: Icon, variant = "quiet", ...rest }: IconButtonProps) {
  return (
    <TooltipTrigger delay={500}>
      <AriaButton {...rest} aria-label={label} className={cx(styles.button, styles[variant], styles.square)}>
        <Icon size={18} aria-hidden />
      </AriaButton>
      <Tooltip className={cx(styles.tooltip)} offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}
