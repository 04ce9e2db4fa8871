/** A native modal dialog: the browser keeps the focus inside and gives it back, and Escape closes. */
import type { Attachment } from 'svelte/attachments';

/**
 * Shows the dialog for as long as it is there. `onClose` is called at Escape itself, not at the event `close` that browsers send a task later:
 * a key pressed in between would ask for the dialog while it is still counted as open, and get nothing.
 */
export function modal(onClose: () => void): Attachment<HTMLDialogElement> {
  return (node) => {
    const closed = (): void => onClose();
    node.showModal();
    node.addEventListener('cancel', closed);
    node.addEventListener('close', closed);
    return () => {
      node.removeEventListener('cancel', closed);
      node.removeEventListener('close', closed);
      node.close();
    };
  };
}
