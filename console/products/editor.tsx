/** The form of a product that is there, what can be done to it, and what becomes of two who change it at once. */
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api, etag, type Product as Record } from '../api/client';
import { Problem } from '../api/problem';
import { useCaller } from '../api/session';
import { focusHeading, Heading } from '../ui/heading';
import { useUnsaved } from '../ui/leaving';
import { useSay } from '../ui/messages';
import { Failure } from '../ui/states';
import { Conflict } from './conflict';
import { useDeletion } from './deletion';
import { errorFaults } from './faults';
import { focusFirst } from './focus';
import { ProductFields } from './form';
import { read } from './read';
import { changedFields, faultsOf, patchOf, valuesOf, type Faults } from './values';

export function Editor({ product }: { product: Record }) {
  const { may } = useCaller();
  const queries = useQueryClient();
  const say = useSay();
  const remove = useDeletion();
  const [saved, setSaved] = useState(product);
  const [values, setValues] = useState(() => valuesOf(product));
  const [faults, setFaults] = useState<Faults>({});
  const [theirs, setTheirs] = useState<Record>();
  const base = valuesOf(saved);
  const isChanged = changedFields(base, values).length > 0;
  const readOnly = !may('PATCH /products/{productId}');
  useUnsaved(isChanged);

  const save = useMutation({
    mutationFn: (next: typeof values) =>
      answerOf(
        api.PATCH('/products/{productId}', {
          params: { path: { productId: saved.id }, header: { 'If-Match': etag(saved.version) } },
          body: patchOf(base, next),
        }),
      ),
    onSuccess: (next) => {
      setSaved(next);
      setValues(valuesOf(next));
      queries.setQueryData(['product', next.id], next);
      void queries.invalidateQueries({ queryKey: ['products'] });
      void queries.invalidateQueries({ queryKey: ['history'] });
      say(next.version === saved.version ? 'Nothing has changed.' : 'Saved.');
    },
    onError: async (error) => {
      if (error instanceof Problem && error.status === 412) setTheirs(await read(saved.id, true));
      else show(errorFaults(error));
    },
  });

  function show(next: Faults): boolean {
    setFaults(next);
    focusFirst(next);
    return Object.keys(next).length > 0;
  }

  function submit(next: typeof values): void {
    if (show(faultsOf(next))) return;
    save.mutate(next);
  }

  const setStatus = (status: typeof values.status) => {
    const next = { ...values, status };
    setValues(next);
    submit(next);
  };
  const isConflict = save.error instanceof Problem && save.error.status === 412;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit(values);
      }}
    >
      <Heading
        actions={
          !readOnly && (
            <>
              {saved.status !== 'active' && (
                <Button variant="default" onClick={() => setStatus('active')}>
                  Publish
                </Button>
              )}
              {saved.status === 'active' && (
                <Button variant="default" onClick={() => setStatus('archived')}>
                  Archive
                </Button>
              )}
              {may('DELETE /products/{productId}') && (
                <Button variant="default" disabled={isChanged} onClick={() => void remove(saved)}>
                  Delete
                </Button>
              )}
            </>
          )
        }
      >
        {saved.name}
      </Heading>
      {theirs && (
        <Conflict
          {...{ base, ours: values, theirs }}
          settle={(settled) => {
            setSaved(theirs);
            setValues(settled);
            setTheirs(undefined);
            save.reset();
            focusHeading();
          }}
        />
      )}
      {save.error && !isConflict && <Failure error={save.error} retry={() => submit(values)} />}
      <ProductFields {...{ values, faults, readOnly }} change={setValues} />
      {!readOnly && (
        <div className="actions">
          <Button type="submit" loading={save.isPending} disabled={!isChanged || theirs !== undefined}>
            Save
          </Button>
          {isChanged && (
            <Button variant="default" onClick={() => setValues(base)}>
              Undo changes
            </Button>
          )}
        </div>
      )}
    </form>
  );
}
