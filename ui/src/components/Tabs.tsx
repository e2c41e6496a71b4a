//! Parts of one page as pills on one line; they wrap when the window is narrow, and never scroll.
//! Nothing but the pills stands inside: React Aria renders what it holds twice to list them, and a field would lose its keys.

import type { ReactNode } from "react";
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from "react-aria-components";
import { cx } from "./cx";
import styles from "./Tabs.module.css";

export interface TabPart<Id extends string = string> {
  id: Id;
  label: string;
  content: ReactNode;
}

interface TabsProps<Id extends string> {
  label: string;
  parts: readonly TabPart<Id>[];
  selected?: Id;
  onSelect?: (id: Id) => void;
  /** The panel takes the height that is left (for a table). */
  fill?: boolean;
}

export function Tabs<Id extends string>({ label, parts, selected, onSelect, fill }: TabsProps<Id>) {
  return (
    <AriaTabs
      className={cx(styles.tabs, fill && styles.fill)}
      {...(selected === undefined ? {} : { selectedKey: selected })}
      onSelectionChange={(key) => {
        const part = parts.find(({ id }) => id === key);
        if (part) onSelect?.(part.id);
      }}
    >
      <TabList aria-label={label} className={cx(styles.list)}>
        {parts.map(({ id, label: words }) => (
          <Tab key={id} id={id} className={cx(styles.tab)}>
            {words}
          </Tab>
        ))}
      </TabList>
      {parts.map(({ id, content }) => (
        <TabPanel key={id} id={id} className={cx(styles.panel)}>
          {content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
