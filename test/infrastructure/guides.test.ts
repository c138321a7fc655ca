/** The files are as the guides of docs say they are before their changes; test:guides makes these, and tries what comes of them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../deployment/service';
import { changedText, readGuide } from '../support/guide';

it.each(['docs/add-a-field.md', 'docs/add-a-group.md'])('%s changes lines that are there', (guide) => {
  const changes = readGuide(guide).filter(({ language }) => language === 'diff');
  expect(changes.length).toBeGreaterThan(2);
  const texts = new Map<string, string>();
  for (const block of changes) {
    const text = texts.get(block.file) ?? readFileSync(path.join(projectRoot, block.file), 'utf8');
    texts.set(block.file, changedText(text, block));
  }
});
