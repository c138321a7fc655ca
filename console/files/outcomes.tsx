/** What each row of a file would change, or has changed, and the rejected ones as a file to be corrected. */
import { Button, Table, Text } from '@mantine/core';
import { RecordTable } from '../ui/tables';
import { download } from './download';
import type { ProductsFile } from './read';
import type { Outcome } from './send-rows';

/** As many rows as anybody looks through; the counts are of all. */
const mostShown = 300;

export interface Chosen {
  name: string;
  file: ProductsFile;
  outcomes: Outcome[];
  isDone: boolean;
}

const words: Readonly<Record<Outcome['action'], string>> = {
  created: 'Created',
  changed: 'Changed',
  unchanged: 'Unchanged',
  deleted: 'Deleted',
  rejected: 'Rejected',
};

export function Outcomes({
  name,
  file,
  outcomes,
  isDone,
  isBroken,
  run,
}: Chosen & { isBroken: boolean; run: () => void }) {
  const rejected = outcomes.flatMap(({ row, action, said }) =>
    action === 'rejected' ? [{ ...row, reason: said }] : [],
  );
  const count = (action: Outcome['action']) => outcomes.filter((outcome) => outcome.action === action).length;
  const toDo = count('created') + count('changed');
  const counts = (['created', 'changed', 'unchanged', 'rejected'] as const).map(
    (action) => `${count(action)} ${words[action].toLowerCase()}`,
  );
  return (
    <>
      <Text role="status" fw={600}>
        {`${isDone ? 'Imported' : `${name} would be`}: ${counts.join(', ')}.`}
        {isDone && isBroken && ' It broke off there: choose the file again, what is done is left alone.'}
      </Text>
      <div className="actions">
        {!isDone && (
          <Button disabled={toDo === 0 || isBroken} onClick={run}>
            {toDo === 0 ? 'Nothing to import' : `Import ${toDo} of ${outcomes.length} rows`}
          </Button>
        )}
        {rejected.length > 0 && (
          <Button
            variant="default"
            onClick={() =>
              download(name.replace(/(?:\.rejected)?\.csv$/i, '.rejected.csv'), file.rejectedFile(rejected))
            }
          >
            Download rejected rows
          </Button>
        )}
      </div>
      <RecordTable label="Rows" heads={['Line', 'SKU', 'What', 'Old → new, or why not']}>
        {outcomes.slice(0, mostShown).map(({ row, action, said }) => (
          <Table.Tr key={row.line}>
            <Table.Td className="number">{row.line}</Table.Td>
            <Table.Th scope="row">{row.sku}</Table.Th>
            <Table.Td className={action === 'rejected' ? 'fault' : undefined}>{words[action]}</Table.Td>
            <Table.Td className="said">{said}</Table.Td>
          </Table.Tr>
        ))}
      </RecordTable>
      {outcomes.length > mostShown && <Text size="sm">{`The first ${mostShown} of ${outcomes.length} rows.`}</Text>}
    </>
  );
}
