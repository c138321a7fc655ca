/** Products or categories from a file: what each row would change is shown first, then done by the very same rows. */
import { Alert, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Result } from '../../cli/catalog/import';
import { Heading } from '../ui/heading';
import { useUnsaved } from '../ui/leaving';
import { Failure } from '../ui/states';
import { Outcomes, type Chosen } from './outcomes';
import { arrived } from './part';
import type { Kind, ReadFile } from './read';

const found: Readonly<Record<Kind, string>> = {
  products: 'A product is found by its SKU, and names its category by slug or name',
  categories: 'A category is found by its slug, and names the one above it by slug',
};

export function Import({ kind }: { kind: Kind }) {
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Chosen>();
  const [progress, setProgress] = useState<{ done: number; of: number; dryRun: boolean }>();
  const [error, setError] = useState<unknown>();
  const leaving = useRef(new AbortController());
  useUnsaved(progress?.dryRun === false, 'Leave, and stop the import here? What is done stays done.');
  useEffect(() => {
    const controller = new AbortController();
    leaving.current = controller;
    return () => controller.abort();
  }, []);

  /** With `dryRun` nothing is written. What has been done is shown also where it breaks off. */
  async function run(name: string, file: ReadFile, dryRun: boolean): Promise<void> {
    setError(undefined);
    const { runImport } = await arrived(import('./run'));
    const results: Result[] = [];
    const { signal } = leaving.current;
    try {
      setProgress({ done: 0, of: file.rows.length, dryRun });
      for await (const result of runImport(kind, file.rows, { dryRun, signal })) {
        results.push(result);
        setProgress({ done: results.length, of: file.rows.length, dryRun });
      }
    } catch (broken) {
      setError(broken);
    }
    setChosen({ name, file, results: results.toSorted((a, b) => a.position - b.position), isDone: !dryRun });
    setProgress(undefined);
    if (!dryRun) void queries.invalidateQueries({ queryKey: [kind] });
  }

  async function choose(picked: File | undefined): Promise<void> {
    setChosen(undefined);
    setError(undefined);
    if (!picked) return;
    try {
      setProgress({ done: 0, of: 1, dryRun: true });
      const { readRows } = await arrived(import('./read'));
      await run(picked.name, readRows(picked.name, new Uint8Array(await picked.arrayBuffer()), kind), true);
    } catch (refused) {
      setProgress(undefined);
      setError(refused);
    }
  }

  return (
    <>
      <Heading>{`Import ${kind}`}</Heading>
      <Text>
        A CSV file whose first row names the columns, as an export has them, or a JSON file. {found[kind]}; an empty
        cell leaves a field as it is. Nothing is written before you have seen what would change.
      </Text>
      <label className="file">
        File
        <input
          type="file"
          accept=".csv,.tsv,.txt,.json,text/csv,application/json"
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
        <Outcomes
          {...chosen}
          kind={kind}
          isBroken={error !== undefined}
          run={() => void run(chosen.name, chosen.file, false)}
        />
      )}
    </>
  );
}

/** Of the file, in its own sentence; of the way to the API, as everywhere. */
const FileFailure = ({ error }: { error: unknown }) =>
  error instanceof Error && error.name === 'Failure' ? (
    <Alert color="red" role="alert" title={error.message} />
  ) : (
    <Failure error={error} />
  );
