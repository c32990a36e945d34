import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { detectorsPage } from './detectors-page.ts';
import { everyDetector } from './every-detector.ts';

const page = join(__dirname, '../../docs/detectors.md');

void detectorsPage(everyDetector).then((text) => writeFileSync(page, text));
