//! A window above the page, for a short task that has its own end. Escape and a click outside close it.
//! Destructive acts do not ask here: they are done, and undone from a message.
import { X } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { Dialog as AriaDialog, Form, Heading, Modal, ModalOverlay } from "react-aria-components";
import { IconButton } from "./Button";
import { cx } from "./cx";
import styles from "./Dialog.module.css";

interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Buttons at the bottom, the main one last. */
  actions?: ReactNode;
  wide?: boolean;
}

export function Dialog({ title, isOpen, onClose, children, actions, wide }: DialogProps) {
  return (
    <ModalOverlay isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable className={cx(styles.veil)}>
      <Modal className={cx(styles.modal, wide && styles.wide)}>
        <AriaDialog className={cx(styles.dialog)}>
          <div className={styles.head}>
            <Heading slot="title" level={2} className={cx(styles.title)}>
              {title}
            </Heading>
            <IconButton label="Fermer" icon={X} onPress={onClose} />
          </div>
          <div className={styles.body}>{children}</div>
          {actions && <div className={styles.actions}>{actions}</div>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

interface DialogFormProps {
  children: ReactNode;
  /** Buttons at the bottom, the main one last and of type « submit ». */
  actions: ReactNode;
  onSubmit: () => void;
  ref?: Ref<HTMLFormElement>;
}

/** The body of a dialog that is a form: Enter in a field does what the main button does. */
export function DialogForm({ children, actions, onSubmit, ref }: DialogFormProps) {
  return (
    <Form
      {...(ref ? { ref } : {})}
      validationBehavior="aria"
      className={cx(styles.form)}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      <div className={cx(styles.actions, styles.within)}>{actions}</div>
    </Form>
  );
}
