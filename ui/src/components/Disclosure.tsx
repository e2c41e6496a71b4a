//! Details folded under a line that says what they are.
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Disclosure as AriaDisclosure, Button, DisclosurePanel, Heading } from "react-aria-components";
import { cx } from "./cx";
import styles from "./Disclosure.module.css";

interface DisclosureProps {
  title: string;
  level?: 2 | 3 | 4;
  defaultExpanded?: boolean;
  children: ReactNode;
}

export function Disclosure({ title, level = 3, defaultExpanded = false, children }: DisclosureProps) {
  return (
    <AriaDisclosure defaultExpanded={defaultExpanded} className={cx(styles.disclosure)}>
      <Heading level={level} className={cx(styles.heading)}>
        <Button slot="trigger" className={cx(styles.trigger)}>
          <ChevronRight size={18} aria-hidden />
          {title}
        </Button>
      </Heading>
      <DisclosurePanel className={cx(styles.panel)}>{children}</DisclosurePanel>
    </AriaDisclosure>
  );
}
