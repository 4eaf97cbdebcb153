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
