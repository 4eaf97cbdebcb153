/** Sounds made by the browser itself: a ringing line, the emergency of a unit, a new assignment. */
import { settings } from './settings.svelte';

type Tone = [hz: number, start_s: number, length_s: number];

const RING: Tone[] = [
  [660, 0, 0.18],
  [880, 0.2, 0.18],
];
const EMERGENCY: Tone[] = [
  [980, 0, 0.22],
  [620, 0.24, 0.22],
  [980, 0.48, 0.22],
];
const NOTICE: Tone[] = [
  [523, 0, 0.16],
  [659, 0.18, 0.24],
];
const ASSIGNMENT: Tone[] = [
  [523, 0, 0.16],
  [659, 0.18, 0.16],
  [784, 0.36, 0.34],
];
const RING_EVERY_MS = 2_400;
const EMERGENCY_EVERY_MS = 1_500;

class Sound {
  /** Browsers stay mute until the person has touched the page once: the screen has to say so. */
  blocked = $state(false);
  #context: AudioContext | null = null;

  /** Plays a sound again and again until the returned function is called. */
  repeat(what: 'ring' | 'emergency'): () => void {
    const [tones, every_ms, volume] =
      what === 'ring'
        ? ([RING, RING_EVERY_MS, 0.12] as const)
        : ([EMERGENCY, EMERGENCY_EVERY_MS, 0.25] as const);
    const play = () => this.#play(tones, volume);
    play();
    const timer = setInterval(play, every_ms);
    return () => clearInterval(timer);
  }

  /** Plays once that something came which can wait a moment. */
  notice(): void {
    this.#play(NOTICE, 0.12);
  }

  /** A unit is sent somewhere: sounded once. */
  assignment(): void {
    this.#play(ASSIGNMENT, 0.3);
  }

  /** Asks the browser whether it would play, without a sound. */
  prepare(): void {
    this.#context ??= new AudioContext();
    this.blocked = this.#context.state === 'suspended';
  }

  /** To be called from a key press or a click. */
  unlock(): void {
    void this.#context?.resume().then(() => (this.blocked = false));
  }

  #play(tones: Tone[], volume: number): void {
    if (!settings.sound) return;
    this.prepare();
    const context = this.#context;
    if (!context || this.blocked) return;
    for (const [hz, start_s, length_s] of tones) {
      const oscillator = new OscillatorNode(context, { frequency: hz, type: 'triangle' });
      const gain = new GainNode(context, { gain: 0 });
      const from = context.currentTime + start_s;
      gain.gain.linearRampToValueAtTime(volume, from + 0.02);
      gain.gain.setValueAtTime(volume, from + length_s - 0.04);
      gain.gain.linearRampToValueAtTime(0, from + length_s);
      oscillator.connect(gain).connect(context.destination);
      oscillator.start(from);
      oscillator.stop(from + length_s);
    }
  }
}

export const sound = new Sound();
