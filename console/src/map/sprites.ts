/**
 * Map marks, drawn on a canvas when MapLibre asks for them by name. Form shows the state, colour only
 * repeats it: circle = free or under way, square = on scene, hexagon = carrying, bar = unavailable,
 * dashed and hollow = the position is old; an incident is a flag with its priority, filled while
 * nobody is on the way. Red and amber mean the same as in the timers: late, nearly late.
 */
import type { Level } from '../model/timers';
import type { IncidentForm, UnitForm } from './marks';
import type { Palette } from './palette';

/** Marks are drawn on a field of this many px, at twice the resolution or more. */
const SIZE_PX = 44;

/** Pictograms in a 24 x 24 box. */
const PICTOGRAMS: Record<string, string> = {
  car: 'M3.5 16.5v-3.2l2-.7 2-4.1c.3-.6.8-1 1.5-1h6c.6 0 1.2.3 1.5.8l2.7 4.2 1.3.5v3.5h-1.6a2.1 2.1 0 0 1-4.2 0h-5.2a2.1 2.1 0 0 1-4.2 0z',
  foot: 'M12 3.5a2.2 2.2 0 1 1 0 4.4a2.2 2.2 0 0 1 0-4.4zM9 9h6l1.5 6h-2l-.5 6h-4l-.5-6h-2z',
  motorcycle:
    'M5.5 12a4 4 0 1 1 0 8a4 4 0 0 1 0-8zm0 2.5a1.5 1.5 0 1 0 0 3a1.5 1.5 0 0 0 0-3zM18.5 12a4 4 0 1 1 0 8a4 4 0 0 1 0-8zm0 2.5a1.5 1.5 0 1 0 0 3a1.5 1.5 0 0 0 0-3zM8 9.5h6l-1.5-3.5h3.5l3 6-3 1-1-2-4 4h-2z',
  engine:
    'M2.5 7h12v9.5h-2.4a2.2 2.2 0 0 1-4.4 0h-5.2zM15.5 9h3.5l2.5 3.5v4h-1.3a2.2 2.2 0 0 1-4.4 0h-.3z',
  ladder:
    'M2.5 13h12v4h-2.4a2.2 2.2 0 0 1-4.4 0h-5.2zM15.5 11h3.5l2.5 2.5v3.5h-1.3a2.2 2.2 0 0 1-4.4 0h-.3zM3 10.2l15.5-6 .8 2-15.5 6z',
  rescue:
    'M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18zm0 5.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 0 0 0-7zM10.8 3h2.4v5.2h-2.4zM10.8 15.8h2.4v5.2h-2.4z',
  ambulance: 'M9.2 4h5.6v5.2h5.2v5.6h-5.2v5.2h-5.6v-5.2h-5.2v-5.6h5.2z',
  drone:
    'M6 3.2a3 3 0 1 1 0 6a3 3 0 0 1 0-6zM18 3.2a3 3 0 1 1 0 6a3 3 0 0 1 0-6zM6 14.8a3 3 0 1 1 0 6a3 3 0 0 1 0-6zM18 14.8a3 3 0 1 1 0 6a3 3 0 0 1 0-6zM7 8.5l1.5-1.5 9 9-1.5 1.5zM15.5 7l1.5 1.5-9 9-1.5-1.5zM9.5 9.5h5v5h-5z',
};
const OTHER = 'M12 7a5 5 0 1 1 0 10a5 5 0 0 1 0-10z';

/** Draws the mark with this name, or null for a name that is not ours. */
export function drawMark(name: string, palette: Palette, ratio: number): ImageData | null {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIZE_PX * ratio;
  const context = canvas.getContext('2d')!;
  context.scale(ratio, ratio);
  context.translate(SIZE_PX / 2, SIZE_PX / 2);
  context.lineJoin = 'round';
  const [what, , ...look] = name.split('|');
  if (what === 'unit') drawUnit(context, look, palette);
  else if (what === 'incident') drawIncident(context, look, palette);
  else if (what === 'heading') drawHeading(context, palette);
  else if (what === 'station') drawStation(context, palette);
  else if (what === 'place') drawPlace(context, palette);
  else if (what === 'picked') drawPicked(context, palette);
  else return null;
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

function drawUnit(context: CanvasRenderingContext2D, look: string[], palette: Palette): void {
  const [symbol, form, age, alarm, chosen] = look as [string, UnitForm, string, string, string];
  const stale = age === 'stale';
  const emergency = alarm === 'emergency';
  const busy = form === 'moving' || form === 'there' || form === 'carrying';
  const strong = emergency ? palette.red : palette.accent;
  const quiet = form === 'away' ? palette.line : palette.muted;
  const edge = emergency || busy || form === 'sent' ? strong : quiet;
  const filled = (busy || emergency) && !stale;
  const outline = outlineOf(form);
  if (chosen === 'selected') ring(context, palette);
  // A dark edge lifts the mark off roads and names.
  context.lineWidth = 4;
  context.strokeStyle = palette.halo;
  context.stroke(outline);
  context.fillStyle = filled ? strong : palette.surface;
  context.fill(outline);
  context.lineWidth = form === 'sent' || stale ? 2.2 : 1.6;
  context.setLineDash(stale ? [3, 2.6] : []);
  context.strokeStyle = edge;
  context.stroke(outline);
  context.setLineDash([]);
  const ink = filled ? (emergency ? palette.onRed : palette.onAccent) : inkOf(form, stale, palette);
  pictogram(context, symbol, ink);
  if (form === 'away') bar(context, palette);
}

function inkOf(form: UnitForm, stale: boolean, palette: Palette): string {
  if (form === 'away') return palette.line;
  if (stale) return palette.muted;
  return form === 'sent' ? palette.accent : palette.text;
}

function outlineOf(form: UnitForm): Path2D {
  const path = new Path2D();
  if (form === 'there') path.roundRect(-10.5, -10.5, 21, 21, 3.5);
  else if (form === 'carrying') polygon(path, 6, 12.5);
  else path.arc(0, 0, 11, 0, 2 * Math.PI);
  return path;
}

function polygon(path: Path2D, corners: number, radius: number): void {
  for (let i = 0; i < corners; i++) {
    const angle = (2 * Math.PI * i) / corners;
    path[i ? 'lineTo' : 'moveTo'](radius * Math.cos(angle), radius * Math.sin(angle));
  }
  path.closePath();
}

function pictogram(context: CanvasRenderingContext2D, symbol: string, ink: string): void {
  context.save();
  context.scale(0.62, 0.62);
  context.translate(-12, -12);
  context.fillStyle = ink;
  context.fill(new Path2D(PICTOGRAMS[symbol] ?? OTHER), 'evenodd');
  context.restore();
}

function bar(context: CanvasRenderingContext2D, palette: Palette): void {
  context.beginPath();
  context.moveTo(-7.5, 7.5);
  context.lineTo(7.5, -7.5);
  context.lineWidth = 2;
  context.strokeStyle = palette.line;
  context.stroke();
}

function ring(context: CanvasRenderingContext2D, palette: Palette): void {
  context.beginPath();
  context.arc(0, 0, 17, 0, 2 * Math.PI);
  context.lineWidth = 2.4;
  context.strokeStyle = palette.accentStrong;
  context.stroke();
}

/**
 * A flag whose tip is the place (`icon-anchor: bottom`, the tip at the bottom edge). Filled = nobody
 * on the way; red = late, with a mark on the corner, as amber has one for nearly late.
 */
function drawIncident(context: CanvasRenderingContext2D, look: string[], palette: Palette): void {
  const [priority, form, level, chosen] = look as [string, IncidentForm, Level, string];
  const waiting = form === 'waiting';
  const late = level === 'red';
  const colour = late ? palette.red : Number(priority) <= 2 ? palette.text : palette.muted;
  const path = flag();
  context.lineWidth = chosen === 'selected' ? 8 : 4.5;
  context.strokeStyle = chosen === 'selected' ? palette.accentStrong : palette.halo;
  context.stroke(path);
  context.lineWidth = 3;
  context.strokeStyle = colour;
  context.stroke(path);
  context.fillStyle = waiting ? colour : palette.surface;
  context.fill(path);
  context.fillStyle = waiting ? (late ? palette.onRed : palette.surface) : colour;
  context.font = "700 14px 'Inter Variable', sans-serif";
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(priority, 0, 1.2);
  if (level !== 'calm') clockMark(context, late ? palette.red : palette.amber, palette);
}

function flag(): Path2D {
  const path = new Path2D();
  path.moveTo(-6.5, -9);
  path.lineTo(6.5, -9);
  path.arcTo(10, -9, 10, -5.5, 3.5);
  path.lineTo(10, 6.5);
  path.arcTo(10, 10, 6.5, 10, 3.5);
  path.lineTo(5, 10);
  path.lineTo(0, 19);
  path.lineTo(-5, 10);
  path.lineTo(-6.5, 10);
  path.arcTo(-10, 10, -10, 6.5, 3.5);
  path.lineTo(-10, -5.5);
  path.arcTo(-10, -9, -6.5, -9, 3.5);
  path.closePath();
  return path;
}

/** Its clock: a triangle on the corner, as the timers have. */
function clockMark(context: CanvasRenderingContext2D, colour: string, palette: Palette): void {
  context.save();
  context.translate(12, -11);
  context.beginPath();
  context.moveTo(0, -6.5);
  context.lineTo(7, 5.5);
  context.lineTo(-7, 5.5);
  context.closePath();
  context.lineWidth = 4;
  context.strokeStyle = palette.halo;
  context.stroke();
  context.fillStyle = colour;
  context.fill();
  context.restore();
}

function drawHeading(context: CanvasRenderingContext2D, palette: Palette): void {
  context.beginPath();
  context.moveTo(0, -5.5);
  context.lineTo(6, 2.5);
  context.lineTo(-6, 2.5);
  context.closePath();
  context.lineWidth = 3;
  context.strokeStyle = palette.halo;
  context.stroke();
  context.fillStyle = palette.accent;
  context.fill();
}

function drawStation(context: CanvasRenderingContext2D, palette: Palette): void {
  context.beginPath();
  context.moveTo(-5, 5);
  context.lineTo(-5, -1.5);
  context.lineTo(0, -6);
  context.lineTo(5, -1.5);
  context.lineTo(5, 5);
  context.closePath();
  context.lineWidth = 3;
  context.strokeStyle = palette.halo;
  context.stroke();
  context.fillStyle = palette.label;
  context.fill();
}

function drawPlace(context: CanvasRenderingContext2D, palette: Palette): void {
  context.beginPath();
  context.arc(0, 0, 2.2, 0, 2 * Math.PI);
  context.fillStyle = palette.label;
  context.fill();
}

function drawPicked(context: CanvasRenderingContext2D, palette: Palette): void {
  for (const [width, colour] of [
    [5, palette.halo],
    [2.4, palette.accentStrong],
  ] as const) {
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.beginPath();
    context.arc(0, 0, 10, 0, 2 * Math.PI);
    for (const [x, y] of [
      [0, -1],
      [1, 0],
      [0, 1],
      [-1, 0],
    ] as const) {
      context.moveTo(x * 6, y * 6);
      context.lineTo(x * 15, y * 15);
    }
    context.stroke();
  }
}
