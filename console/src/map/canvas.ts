/** The one place that talks to MapLibre: a canvas with the ground, the marks, and what was clicked. */
import 'maplibre-gl/dist/maplibre-gl.css';
import {
  type GeoJSONSource,
  Map as MapLibre,
  type MapMouseEvent,
  Marker,
  setWorkerUrl,
  type StyleSpecification,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { Bounds, LonLat } from './geometry';
import { Scale } from './scale';
import { type Ground, groundLayers, groundSources } from './ground';
import { CLICKABLE, liveLayers, liveSources } from './liveLayers';
import type { Marks } from './marks';
import type { Palette } from './palette';
import { drawnAlike } from './same';
import { drawMark } from './sprites';

setWorkerUrl(workerUrl);

export interface Hit {
  kind: 'unit' | 'incident';
  id: string;
  x: number;
  y: number;
}

export interface Handlers {
  click(hit: Hit | null, lon: number, lat: number): void;
  hover(hit: Hit | null): void;
  ready(): void;
  /** Only where marks may be dragged: it is over the place, and `dropped` when it is let go. */
  drag?(id: string, lon: number, lat: number, dropped: boolean): void;
}

export interface Look {
  ground: Ground;
  palette: Palette;
  language: 'en' | 'zh';
  /** Writes a distance in metres, in that language. */
  distance: (distance_m: number) => string;
}

const PADDING_PX = 36;
const REACH_PX = 6;
const EASE_MS = 450;

export class MapCanvas {
  #map: MapLibre;
  #scale: Scale;
  #palette: Palette;
  #marks: Marks | null = null;
  #picked: LonLat | null = null;
  #styled = false;
  /** What the style's sources hold. What is asked for again as it is isn't drawn again: that costs
   *  more than all the rest of the page. */
  #held = new Map<string, GeoJSON.FeatureCollection>();
  #alarms = new Map<string, Marker>();
  /** What was last brought into view whole; null once a person has moved the map. */
  #fitted: { bounds: Bounds; maxZoom: number; padding: number } | null;

  /** `still`: nothing moves by itself, for tests and for people who want that. */
  constructor(
    container: HTMLElement,
    bounds: Bounds,
    look: Look,
    private readonly still: boolean,
    private readonly on: Handlers,
  ) {
    this.#palette = look.palette;
    this.#fitted = { bounds, maxZoom: 18, padding: PADDING_PX };
    this.#map = new MapLibre({
      container,
      style: styleOf(look),
      bounds,
      fitBoundsOptions: { padding: PADDING_PX },
      maxBounds: grown(bounds),
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxZoom: 18.5,
      // Marks move four times a second; what fades looks old.
      fadeDuration: 0,
      localIdeographFontFamily: false,
    });
    this.#map.touchZoomRotate.disableRotation();
    this.#map.keyboard.disableRotation();
    this.#scale = new Scale(look.distance);
    this.#map.addControl(this.#scale, 'bottom-left');
    this.#map.setMissingStyleImageResolver((name) => this.#drawImage(name));
    this.#map.on('style.load', () => {
      this.#styled = true;
      this.#held.clear();
      this.#push();
    });
    this.#map.once('load', () => this.#whenDrawn());
    this.#map.on('click', (event) =>
      this.on.click(this.#hit(event), event.lngLat.lng, event.lngLat.lat),
    );
    this.#map.on('mousemove', (event) => this.on.hover(this.#hit(event)));
    this.#map.on('mouseout', () => this.on.hover(null));
    this.#map.on('movestart', () => this.on.hover(null));
    this.#map.on('movestart', (event) => {
      if (event.originalEvent) this.#fitted = null;
    });
    // A pane that changes its size shows the same part of the city, unless it was moved by hand.
    this.#map.on('resize', () => {
      if (this.#fitted) this.#refit(0);
    });
    if (on.drag) this.#dragWith(on.drag);
  }

  /** Theme or language changed. */
  restyle(look: Look): void {
    this.#palette = look.palette;
    this.#styled = false;
    this.#scale.speak(look.distance);
    this.#map.setStyle(styleOf(look), { diff: false });
  }

  show(marks: Marks, picked: LonLat | null): void {
    this.#marks = marks;
    this.#picked = picked;
    if (this.#styled) this.#push();
  }

  /** Pulsing rings around units in an emergency. They are HTML, so that the map itself may rest. */
  alarm(units: readonly { id: string; at: LonLat; acknowledged: boolean; title: string }[]): void {
    const wanted = new Set(units.map((unit) => unit.id));
    for (const [id, marker] of this.#alarms)
      if (!wanted.has(id)) {
        marker.remove();
        this.#alarms.delete(id);
      }
    for (const { id, at, acknowledged, title } of units) {
      const marker = this.#alarms.get(id) ?? this.#newAlarm(id, at);
      marker.setLngLat(at);
      const element = marker.getElement();
      element.dataset['state'] = acknowledged ? 'acknowledged' : 'raised';
      element.setAttribute('aria-label', title);
    }
  }

  /** Moves so that these places are in view; one place is only brought to the middle. */
  see(points: readonly LonLat[], closest = 16): void {
    const [first] = points;
    if (!first) return;
    const bounds: Bounds = [first[0], first[1], first[0], first[1]];
    for (const [lon, lat] of points) {
      bounds[0] = Math.min(bounds[0], lon);
      bounds[1] = Math.min(bounds[1], lat);
      bounds[2] = Math.max(bounds[2], lon);
      bounds[3] = Math.max(bounds[3], lat);
    }
    const maxZoom = points.length === 1 ? Math.max(this.#map.getZoom(), 14.5) : closest;
    this.fit(bounds, Math.min(maxZoom, closest), 80);
  }

  fit(bounds: Bounds, maxZoom = 18, padding = PADDING_PX): void {
    this.#fitted = { bounds, maxZoom, padding };
    this.#refit(this.#duration());
  }

  #refit(duration: number): void {
    const { bounds, maxZoom, padding } = this.#fitted!;
    this.#map.fitBounds(bounds, { padding, maxZoom, duration });
  }

  zoom(by: 1 | -1): void {
    this.#fitted = null;
    const duration = this.#duration();
    if (by > 0) this.#map.zoomIn({ duration });
    else this.#map.zoomOut({ duration });
  }

  centre(): { lon: number; lat: number } {
    const { lng, lat } = this.#map.getCenter();
    return { lon: lng, lat };
  }

  /** Where a place is on the screen, in px of the container. */
  project(point: LonLat): { x: number; y: number } {
    return this.#map.project(point);
  }

  cursor(kind: '' | 'pointer' | 'crosshair'): void {
    this.#map.getCanvas().style.cursor = kind;
  }

  /** What the map is for people who can't see it. */
  label(text: string): void {
    this.#map.getCanvas().setAttribute('aria-label', text);
  }

  destroy(): void {
    this.#map.remove();
  }

  /** With updates flowing the map is never idle: it is ready when all that it has is drawn once. */
  #whenDrawn(): void {
    const look = (): void => {
      if (!this.#styled || !this.#map.areTilesLoaded()) return;
      this.#map.off('render', look);
      this.on.ready();
    };
    this.#map.on('render', look);
    this.#map.triggerRepaint();
  }

  #duration(): number {
    const reduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
    return this.still || reduced ? 0 : EASE_MS;
  }

  #push(): void {
    const picked: GeoJSON.FeatureCollection = {
      type: 'FeatureCollection',
      features: this.#picked
        ? [
            {
              type: 'Feature',
              properties: {},
              geometry: { type: 'Point', coordinates: this.#picked },
            },
          ]
        : [],
    };
    for (const [name, data] of Object.entries({ ...this.#marks, picked })) {
      const held = this.#held.get(name);
      if (held && drawnAlike(held, data)) continue;
      this.#held.set(name, data);
      void this.#map.getSource<GeoJSONSource>(name)?.setData(data);
    }
  }

  #drawImage(name: string): void {
    const pixelRatio = Math.max(2, Math.ceil(devicePixelRatio));
    const image = drawMark(name, this.#palette, pixelRatio);
    if (image && !this.#map.hasImage(name)) this.#map.addImage(name, image, { pixelRatio });
  }

  #dragWith(drag: NonNullable<Handlers['drag']>): void {
    let dragged: string | null = null;
    this.#map.on('mousedown', (event) => {
      const hit = event.originalEvent.button === 0 ? this.#hit(event) : null;
      if (hit?.kind !== 'unit') return;
      event.preventDefault(); // the map stays where it is
      dragged = hit.id;
    });
    this.#map.on('mousemove', ({ lngLat }) => {
      if (dragged !== null) drag(dragged, lngLat.lng, lngLat.lat, false);
    });
    this.#map.on('mouseup', ({ lngLat }) => {
      if (dragged !== null) drag(dragged, lngLat.lng, lngLat.lat, true);
      dragged = null;
    });
  }

  #hit(event: MapMouseEvent): Hit | null {
    if (!this.#styled) return null;
    const { x, y } = event.point;
    const [found] = this.#map.queryRenderedFeatures(
      [
        [x - REACH_PX, y - REACH_PX],
        [x + REACH_PX, y + REACH_PX],
      ],
      { layers: [...CLICKABLE] },
    );
    if (!found) return null;
    const kind = found.layer.id === 'units' ? 'unit' : 'incident';
    return { kind, id: String(found.properties['id']), x, y };
  }

  #newAlarm(id: string, at: LonLat): Marker {
    const element = document.createElement('div');
    element.className = 'unit-alarm';
    element.setAttribute('role', 'img');
    const marker = new Marker({ element }).setLngLat(at).addTo(this.#map);
    this.#alarms.set(id, marker);
    return marker;
  }
}

function styleOf({ ground, palette, language }: Look): StyleSpecification {
  return {
    version: 8,
    sources: { ...groundSources(ground), ...liveSources() },
    layers: [...groundLayers(ground, palette, language), ...liveLayers(palette)],
  };
}

/** The city with room around it: nobody gets lost on the way. */
function grown([west, south, east, north]: Bounds): Bounds {
  const [wide, high] = [(east - west) * 1.2 + 0.02, (north - south) * 1.2 + 0.02];
  return [west - wide, south - high, east + wide, north + high];
}
