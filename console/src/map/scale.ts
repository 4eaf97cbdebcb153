/** The scale of the map: a bar as long as a round distance, in the words of the current language. */
import type { IControl, Map as MapLibre } from 'maplibre-gl';

const MOST_PX = 110;

/** The longest round distance that is not longer than this: 1, 2, 3 or 5 times a power of ten. */
export function roundDistance_m(most_m: number): number {
  const power = 10 ** Math.floor(Math.log10(most_m));
  const step = [5, 3, 2, 1].find((one) => one * power <= most_m) ?? 1;
  return step * power;
}

export class Scale implements IControl {
  readonly #bar = document.createElement('div');
  #map: MapLibre | null = null;

  /** `say` writes a distance in metres. */
  constructor(private say: (distance_m: number) => string) {
    this.#bar.className = 'maplibregl-ctrl maplibregl-ctrl-scale';
  }

  onAdd(map: MapLibre): HTMLElement {
    this.#map = map;
    map.on('move', this.#draw);
    this.#draw();
    return this.#bar;
  }

  onRemove(): void {
    this.#map?.off('move', this.#draw);
    this.#map = null;
    this.#bar.remove();
  }

  /** Another language. */
  speak(say: (distance_m: number) => string): void {
    this.say = say;
    this.#draw();
  }

  readonly #draw = (): void => {
    if (!this.#map) return;
    const { clientWidth, clientHeight } = this.#map.getContainer();
    const [middle, y] = [clientWidth / 2, clientHeight / 2];
    const left = this.#map.unproject([middle - MOST_PX / 2, y]);
    const most_m = left.distanceTo(this.#map.unproject([middle + MOST_PX / 2, y]));
    if (!(most_m > 0)) return;
    const distance_m = roundDistance_m(most_m);
    this.#bar.style.width = `${(MOST_PX * distance_m) / most_m}px`;
    this.#bar.textContent = this.say(distance_m);
  };
}
