/** Products from a file: what each row would change is shown first, then done by the very same rows. */
import { Alert, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useCategories } from '../api/categories';
import { Heading } from '../ui/heading';
import { useUnsaved } from '../ui/leaving';
import { Failure, Loading } from '../ui/states';
import { Outcomes, type Chosen } from './outcomes';
import type { ProductsFile } from './read';
import { sendRows, type Outcome } from './send-rows';

export function Import() {
  const { data: categories, error: unknown, refetch } = useCategories();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Chosen>();
  const [progress, setProgress] = useState<{ done: number; of: number }>();
  const [error, setError] = useState<unknown>();
  useUnsaved(progress !== undefined);

  /** With `dryRun` nothing is written. What has been done is shown also where it breaks off. */
  async function run(name: string, file: ProductsFile, dryRun: boolean): Promise<void> {
    setError(undefined);
    const outcomes: Outcome[] = [];
    try {
      for await (const some of sendRows(file, dryRun)) {
        outcomes.push(...some);
        setProgress({ done: outcomes.length, of: file.rows.length });
      }
    } catch (broken) {
      setError(broken);
    }
    setChosen({ name, file, outcomes: outcomes.toSorted((a, b) => a.row.line - b.row.line), isDone: !dryRun });
    setProgress(undefined);
    if (!dryRun) void queries.invalidateQueries({ queryKey: ['products'] });
  }

  async function choose(picked: File | undefined): Promise<void> {
    setChosen(undefined);
    setError(undefined);
    if (!picked || !categories) return;
    try {
      setProgress({ done: 0, of: 1 });
      const { readProducts } = await import('./read');
      const bytes = new Uint8Array(await picked.arrayBuffer());
      const all = categories.inOrder.map(({ category }) => category);
      await run(picked.name, readProducts(picked.name, bytes, all), true);
    } catch (refused) {
      setProgress(undefined);
      setError(refused);
    }
  }

  if (!categories) return unknown ? <Failure error={unknown} retry={() => void refetch()} /> : <Loading />;
  return (
    <>
      <Heading>Import products</Heading>
      <Text>
        A CSV file whose first row names the columns, as an export has them. A product is found by its SKU; an empty
        cell leaves a field as it is. Nothing is written before you have seen what would change.
      </Text>
      <label className="file">
        File
        <input
          type="file"
          accept=".csv,text/csv"
          disabled={progress !== undefined}
          onChange={({ currentTarget }) => {
            void choose(currentTarget.files?.[0]);
            // So that the same file, corrected, can be chosen again.
            currentTarget.value = '';
          }}
        />
      </label>
      {progress && <progress aria-label="Rows" value={progress.done} max={progress.of} />}
      {error !== undefined && <FileFailure error={error} />}
      {chosen && !progress && (
        <Outcomes {...chosen} isBroken={error !== undefined} run={() => void run(chosen.name, chosen.file, false)} />
      )}
    </>
  );
}

/** Of the file, in its own sentence; of the way to the API, as everywhere. */
const FileFailure = ({ error }: { error: unknown }) =>
  error instanceof Error && ['Failure', 'Rejection'].includes(error.name) ? (
    <Alert color="red" role="alert" title={error.message} />
  ) : (
    <Failure error={error} />
  );
