/** What the tables of the console have in common. */
import { Table, VisuallyHidden } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';

/** The headings of columns: texts, or cells that do more. */
type Heads = readonly (string | ReactElement | false | undefined)[];

const HeadRow = ({ heads }: { heads: Heads }) => (
  <Table.Thead>
    <Table.Tr>
      {heads.map((head) => (typeof head === 'string' ? <Table.Th key={head}>{head}</Table.Th> : head))}
    </Table.Tr>
  </Table.Thead>
);

/** Over a column of buttons, for those who do not see them. */
export const actionsHead = (
  <Table.Th key="actions">
    <VisuallyHidden>Actions</VisuallyHidden>
  </Table.Th>
);

interface Props {
  label: string;
  heads: Heads;
  highlightOnHover?: boolean;
  children: ReactNode;
}

/** Records in rows; where the screen is too narrow, the table is moved by itself, by keyboard too. */
export const RecordTable = ({ label, heads, highlightOnHover = false, children }: Props) => (
  <div className="scroll" tabIndex={0} role="region" aria-label={label}>
    <Table highlightOnHover={highlightOnHover}>
      <HeadRow heads={heads} />
      <Table.Tbody>{children}</Table.Tbody>
    </Table>
  </div>
);

/** Fields of one record, each with two values side by side. */
export const FieldTable = ({ heads, children }: Pick<Props, 'heads' | 'children'>) => (
  <Table withTableBorder fz="sm" className="changes">
    <HeadRow heads={heads} />
    <Table.Tbody>{children}</Table.Tbody>
  </Table>
);
