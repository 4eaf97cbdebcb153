/** For tests: the sources of all events of the room, one file per kind of record. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOMAIN = join(import.meta.dirname, '../../../../src/dutyroom/domain');

export function eventSources(): string {
  return readdirSync(DOMAIN, { withFileTypes: true })
    .filter((one) => one.isDirectory() && readdirSync(join(DOMAIN, one.name)).includes('events.py'))
    .map((one) => readFileSync(join(DOMAIN, one.name, 'events.py'), 'utf8'))
    .join('\n');
}

/** The fields of every event by its type, those of the classes that it is a child of among them. */
export function eventFields(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const own = new Map<string, string[]>();
  for (const part of eventSources()
    .split(/^class /m)
    .slice(1)) {
    const [, name, parent] = /^(\w+)\((\w+)\)/.exec(part)!;
    const fields = [...part.matchAll(/^ {4}(\w+): (?!ClassVar)/gm)].map((one) => one[1]!);
    own.set(name!, [...(own.get(parent!) ?? []), ...fields]);
    const type = /TYPE: ClassVar\[str\] = "([\w.]+)"/.exec(part)?.[1];
    if (type) found.set(type, own.get(name!)!);
  }
  return found;
}
