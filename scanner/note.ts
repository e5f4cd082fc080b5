/** One short message at the bottom, read out, with a way back where there is one. */
import { find } from './dom.ts';

const text = find('#note p');
const undo = find<HTMLButtonElement>('#note button');

/** Shows a message in place of the one before. @param onUndo takes back what the message says; its button gets the focus */
export function showNote(message: string, onUndo?: () => Promise<void>): void {
  text.textContent = message;
  undo.hidden = !onUndo;
  if (!onUndo) return;
  undo.onclick = async () => {
    await onUndo();
    hideNote();
    find('#kept-title').focus();
  };
  undo.focus();
}

/** Takes the message away. */
export function hideNote(): void {
  text.textContent = '';
  undo.hidden = true;
}
