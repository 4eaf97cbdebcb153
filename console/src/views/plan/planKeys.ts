/** Ctrl+S and Ctrl+Z of the planner's page, wherever the focus is. */
import { tick } from 'svelte';
import { planDesk } from './desk.svelte';
import { refusedIn, saveShown } from './saving';

type Field = HTMLInputElement | HTMLTextAreaElement;

/** The field that has the focus, and what it held when it was last in step with the plan. */
let field: Field | null = null;
let settled = '';

function isField(target: EventTarget | null): target is Field {
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && ['text', 'number'].includes(target.type))
  );
}

/** To be called when a field gets the focus and when it commits what was typed. */
export function settle(event: Event): void {
  field = isField(event.target) ? event.target : null;
  settled = field?.value ?? '';
}

function halfTyped(target: EventTarget | null): target is Field {
  return target !== null && target === field && field.value !== settled;
}

/** Commits what is half-typed; gives whether there was any. */
function commit(target: EventTarget | null): boolean {
  if (!halfTyped(target)) return false;
  target.dispatchEvent(new Event('change', { bubbles: true }));
  return true;
}

planDesk.takeTyped = () => {
  const typed = field?.isConnected === true && commit(field);
  const editor = document.querySelector('.editor');
  return typed || (editor !== null && refusedIn(editor) !== null);
};

/** Saves or takes back; what is half-typed is saved too, and taken back by the field itself. */
export function onPlanKey(event: KeyboardEvent, editor?: ParentNode): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  const key = event.key.toLowerCase();
  if (key === 's') {
    event.preventDefault();
    commit(event.target);
    // Once the page shows whether what was half-typed can be taken.
    void tick().then(() => {
      if (planDesk.altered || refusedIn(editor)) void saveShown(editor);
    });
  } else if (key === 'z' && !halfTyped(event.target)) {
    event.preventDefault();
    planDesk.undo();
    // The field may show something else now, which nobody has typed.
    void tick().then(() => (settled = field?.value ?? ''));
  }
}
