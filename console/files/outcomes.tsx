/** What each row of a file would change, or has changed, and the rejected ones as a file to be corrected. */
import { Button, Table, Text } from '@mantine/core';
import { Fragment, useEffect, useRef } from 'react';
import type { Rejected, Result } from '../../cli/catalog/import';
import { countOf } from '../ui/counts';
import { RecordTable } from '../ui/tables';
import { download } from './download';
import type { Kind, ReadFile } from './read';

/** As many rows as anybody looks through; the counts are of all. */
const mostShown = 300;

export interface Chosen {
  name: string;
  file: ReadFile;
  /** In the order of the file. */
  results: Result[];
  isDone: boolean;
}

const words: Readonly<Record<Result['action'], string>> = {
  created: 'Created',
  changed: 'Changed',
  unchanged: 'Unchanged',
  rejected: 'Rejected',
};

/** What asks for somebody's eye first: of a long file they see the beginning alone. */
const byWeight: readonly Result['action'][] = ['rejected', 'changed', 'created', 'unchanged'];

/** In a column of lines. */
const placeIn = ({ line, inLine }: Result) => (inLine === undefined ? line : `${line}, record ${inLine}`);

export function Outcomes({
  kind,
  name,
  file,
  results,
  isDone,
  isBroken,
  run,
}: Chosen & { kind: Kind; isBroken: boolean; run: () => void }) {
  const summary = useRef<HTMLParagraphElement>(null);
  // What has led here is gone, or off.
  useEffect(() => summary.current?.focus(), [isDone]);
  const rejected = results.filter((result): result is Rejected => result.action === 'rejected');
  const count = (action: Result['action']) => results.filter((result) => result.action === action).length;
  const shown = results.toSorted((a, b) => byWeight.indexOf(a.action) - byWeight.indexOf(b.action)).slice(0, mostShown);
  const toDo = count('created') + count('changed');
  const counts = (['created', 'changed', 'unchanged', 'rejected'] as const).map(
    (action) => `${count(action)} ${words[action].toLowerCase()}`,
  );
  return (
    <>
      <Text role="status" fw={600} tabIndex={-1} ref={summary}>
        {isDone ? 'Imported' : 'If you import '}
        {!isDone && <bdi>{name}</bdi>}
        {`: ${counts.join(', ')}.`}
        {isDone && isBroken && ' It broke off there: choose the file again, what is done is left alone.'}
      </Text>
      <div className="actions">
        {!isDone && (
          <Button disabled={toDo === 0 || isBroken} onClick={run}>
            {toDo === 0 ? 'Nothing to import' : `Import ${toDo} of ${countOf(results.length, 'row')}`}
          </Button>
        )}
        {rejected.length > 0 && (
          <Button
            variant="default"
            onClick={() =>
              download(name.replace(/(?:\.rejected)?(\.\w+)$/, '.rejected$1'), file.rejectedFile(rejected))
            }
          >
            Download rejected rows
          </Button>
        )}
      </div>
      <RecordTable label="Rows" heads={['Line', kind === 'products' ? 'SKU' : 'Slug', 'What', 'Old → new, or why not']}>
        {shown.map((result) => (
          <Table.Tr key={result.position}>
            <Table.Td className="number">{placeIn(result)}</Table.Td>
            <Table.Th scope="row">
              <bdi>{result.key}</bdi>
            </Table.Th>
            <Table.Td className={result.action === 'rejected' ? 'fault' : undefined}>{words[result.action]}</Table.Td>
            <Table.Td className="said">
              {result.action === 'rejected' ? result.reason : <OldToNew of={result.fields} />}
            </Table.Td>
          </Table.Tr>
        ))}
      </RecordTable>
      {results.length > mostShown && (
        <Text size="sm">{`${mostShown} of ${countOf(results.length, 'row')}: rejected ones first, unchanged ones last.`}</Text>
      )}
    </>
  );
}

/** From left to right, also where both values are written from right to left. */
const OldToNew = ({ of: fields }: { of: readonly string[] }) =>
  fields.map((field, position) => (
    <Fragment key={field}>
      {position > 0 && '; '}
      {field.split(' → ').map((value, part) => (
        <Fragment key={part}>
          {part > 0 && ' → '}
          <bdi>{value}</bdi>
        </Fragment>
      ))}
    </Fragment>
  ));
