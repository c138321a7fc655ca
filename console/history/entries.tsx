/** What was done to a record, with what each field was before and after, and who did it. */
import { Badge, Table, Text } from '@mantine/core';
import { useCategories } from '../api/categories';
import type { HistoryEntry } from '../api/client';
import { useAddress } from '../api/users';
import { majorText } from '../ui/price';
import { isStatus, statuses } from '../ui/statuses';
import { FieldTable } from '../ui/tables';
import { actions } from './actions';
import { changesOf, fieldOf } from './fields';

export const ActionBadge = ({ action }: Pick<HistoryEntry, 'action'>) => (
  <Badge variant="default" radius="sm" className="badge">
    {actions[action]}
  </Badge>
);

export const When = ({ at }: { at: string }) => (
  <time dateTime={at}>{new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}</time>
);

/** Their address, where the pool knows it; who has been deleted is their id. */
export function Who({ sub }: { sub: string }) {
  return <span title={sub}>{useAddress(sub) ?? sub}</span>;
}

/** What each kind of value is shown with. */
interface Means {
  currency: string | undefined;
  nameOfCategory: (id: string) => string;
}

/** Amounts are kept in minor units, and shown as people type them. */
function shown(pointer: string, value: unknown, { currency, nameOfCategory }: Means): string {
  if (value === undefined || value === null) return '–';
  if (pointer === '/price/amount' && typeof value === 'number' && currency)
    return majorText({ amount: value, currency });
  if (pointer === '/images' && Array.isArray(value)) return value.map(pictureText).join(', ') || '–';
  if (typeof value !== 'string') return JSON.stringify(value);
  if (pointer === '/categoryId' || pointer === '/parentId') return nameOfCategory(value);
  return pointer === '/status' && isStatus(value) ? statuses[value] : value;
}

/** What it shows, and where nobody has said, its place. */
const pictureText = (picture: unknown, position: number): string => {
  const alt = typeof picture === 'object' && picture !== null && 'alt' in picture ? picture.alt : undefined;
  return typeof alt === 'string' && alt !== '' ? alt : `Picture ${position + 1}`;
};

/** `currency` is that of the price as it is now; an entry that has changed it knows its own. */
export function Entry({ entry, currency }: { entry: HistoryEntry; currency?: string | undefined }) {
  const { action, at, by, version } = entry;
  const { data: categories } = useCategories();
  const nameOfCategory = (id: string) => categories?.nameOf(id) ?? '…';
  const changes = changesOf(entry);
  const ofCurrency = changes.find(({ pointer }) => pointer === '/price/currency');
  const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const [currencyBefore, currencyAfter] = ofCurrency
    ? [textOf(ofCurrency.before), textOf(ofCurrency.after)]
    : [currency, currency];
  return (
    <li className="entry">
      <div className="entry-head">
        <ActionBadge action={action} />
        <Text size="sm">
          <When at={at} /> by <Who sub={by} /> · version {version}
        </Text>
      </div>
      {changes.length > 0 && (
        <FieldTable heads={['Field', 'Before', 'After']}>
          {changes.map(({ pointer, before, after }) => (
            <Table.Tr key={pointer}>
              <Table.Th scope="row">{fieldOf(pointer)}</Table.Th>
              <Table.Td>
                <bdi>{shown(pointer, before, { currency: currencyBefore, nameOfCategory })}</bdi>
              </Table.Td>
              <Table.Td>
                <bdi>{shown(pointer, after, { currency: currencyAfter, nameOfCategory })}</bdi>
              </Table.Td>
            </Table.Tr>
          ))}
        </FieldTable>
      )}
    </li>
  );
}
