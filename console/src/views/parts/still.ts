/**
 * For `{@attach holdStill}` on whatever scrolls: when something above arrives, grows or goes, what
 * is under the pointer or has the focus stays where it is on the screen. The list scrolls instead,
 * beyond its ends if it must; what it needs for that is given back when the hand is gone.
 */

/** The hand counts as gone after this time. */
const AWAY_MS = 3_000;
/** What moves as one piece. */
const PIECE =
  '[role=row], li, tr, button, a, label, input, select, textarea, h1, h2, h3, p, section';

export function holdStill(box: HTMLElement): () => void {
  const style = getComputedStyle(box);
  const own = { before: parseFloat(style.paddingTop), after: parseFloat(style.paddingBottom) };
  let room = { before: 0, after: 0 };
  let piece: Element | null = null;
  let at_px = 0;
  let away: ReturnType<typeof setTimeout> | undefined;

  /** Where it is in what is scrolled. */
  const place = (one: Element): number =>
    one.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;

  /** Where what is in it ends, room that was made after it left aside. */
  function end(): number {
    const last = box.lastElementChild;
    return (last ? place(last) + last.getBoundingClientRect().height : 0) + own.after;
  }

  function hold(target: EventTarget | null): void {
    clearTimeout(away);
    const found = target instanceof Element && target !== box ? target : null;
    const nearest = found?.closest(PIECE) ?? found;
    piece = nearest && nearest !== box && box.contains(nearest) && isOurs(nearest) ? nearest : null;
    if (piece) at_px = place(piece);
  }

  /** Not what sticks to the edge by itself, nor what another box within this one scrolls. */
  function isOurs(one: Element): boolean {
    for (let up: Element | null = one; up && up !== box; up = up.parentElement) {
      const { position, overflowY } = getComputedStyle(up);
      if (position === 'sticky' || /auto|scroll/.test(overflowY)) return false;
    }
    return true;
  }

  function make(before: number, after: number): void {
    if (before === room.before && after === room.after) return;
    room = { before, after };
    box.style.paddingTop = before ? `${own.before + before}px` : '';
    box.style.paddingBottom = after ? `${own.after + after}px` : '';
  }

  function settle(): void {
    if (!piece) return;
    if (!box.contains(piece)) {
      make(0, 0);
      const focused = document.activeElement;
      hold(box.contains(focused) ? focused : null);
      return;
    }
    if (!piece.getClientRects().length) return;
    const moved = place(piece) - at_px;
    if (Math.abs(moved) < 0.5) return;
    const wanted = box.scrollTop + moved;
    const lacking = Math.max(0, wanted) + box.clientHeight - end();
    make(room.before + Math.max(0, -wanted), Math.max(0, lacking));
    box.scrollTop = Math.max(0, wanted);
    at_px = place(piece);
  }

  function leave(): void {
    const focused = document.activeElement;
    hold(box.contains(focused) ? focused : null);
    if (!piece)
      away = setTimeout(() => {
        make(0, 0);
      }, AWAY_MS);
  }

  const onpointer = (event: Event): void => hold(event.target);
  box.addEventListener('pointerover', onpointer);
  box.addEventListener('focusin', onpointer);
  box.addEventListener('pointerleave', leave);
  box.addEventListener('focusout', leave);
  const changes = new MutationObserver(settle);
  changes.observe(box, {
    childList: true,
    subtree: true,
    characterData: true,
    attributes: true,
    attributeFilter: ['class', 'hidden', 'open'],
  });
  let width = box.clientWidth;
  const sizes = new ResizeObserver(() => {
    if (box.clientWidth === width) return settle();
    // Another size or zoom lays everything out anew: what was held has no place any more.
    width = box.clientWidth;
    piece = null;
    make(0, 0);
  });
  sizes.observe(box);
  return () => {
    make(0, 0);
    changes.disconnect();
    sizes.disconnect();
    clearTimeout(away);
    box.removeEventListener('pointerover', onpointer);
    box.removeEventListener('focusin', onpointer);
    box.removeEventListener('pointerleave', leave);
    box.removeEventListener('focusout', leave);
  };
}
