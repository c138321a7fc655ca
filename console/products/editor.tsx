/** The form of a product that is there, what can be done to it, and what becomes of two who change it at once. */
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Product as Record } from '../api/client';
import { useCaller } from '../api/session';
import { Gallery, Pictures } from '../pictures/pictures';
import { focusHeading, Heading } from '../ui/heading';
import { useUnsaved } from '../ui/leaving';
import { useSay } from '../ui/messages';
import { Failure } from '../ui/states';
import { SteadyButton } from '../ui/steady-button';
import { Conflict } from './conflict';
import { ProductActions } from './actions';
import { afterSaving, draftOf, follow, formsOf, hasJoinedAlone } from './draft';
import { apiFields, errorFaults, faultsLeft } from './faults';
import { focusFirst } from './focus';
import { ProductFields } from './form';
import { Overtaken, patch } from './patch';
import { read } from './read';
import { changedFields, faultsOf, valuesOf, withJoined, type Faults, type Values } from './values';

export function Editor({ product }: { product: Record }) {
  const { may } = useCaller();
  const queries = useQueryClient();
  const say = useSay();
  const [draft, setDraft] = useState(() => draftOf(product));
  const { saved, theirs } = draft;
  const { base, values } = formsOf(draft);
  const setValues = (next: Values) => setDraft((now) => ({ ...now, values: next }));
  const [faults, setFaults] = useState<Faults>({});
  const isChanged = changedFields(base, values).length > 0;
  const readOnly = !may('PATCH /products/{productId}');
  useUnsaved(isChanged);

  function change(next: Values): void {
    setFaults(faultsLeft(faults, values, next));
    setValues(next);
  }

  function keep(next: Record): void {
    queries.setQueryData<Record>(['product', next.id], (now) => (now && now.version > next.version ? now : next));
    void queries.invalidateQueries({ queryKey: ['products'] });
    void queries.invalidateQueries({ queryKey: ['history'] });
  }

  const save = useMutation({
    mutationFn: ({ from, next }: { from: Record; next: Values }) => patch(from, next),
    onSuccess: (next, sent) => {
      setDraft((now) => afterSaving(now, sent.next, next));
      keep(next);
      say(next.version === sent.from.version ? 'Nothing has changed.' : 'Saved.');
    },
    onError: (error, { from, next }) => {
      if (!(error instanceof Overtaken)) {
        show(errorFaults(error));
        return;
      }
      const { now } = error;
      if (hasJoinedAlone(from, now)) {
        setDraft((draft) => follow(draft, now));
        save.mutate({ from: now, next: withJoined(next, valuesOf(from), valuesOf(now)) });
      } else setDraft((draft) => ({ ...draft, theirs: now }));
    },
  });

  async function takeIn(): Promise<void> {
    const now = await read(saved.id, true);
    setDraft((draft) => follow(draft, now));
    keep(now);
  }

  function show(next: Faults): boolean {
    setFaults(next);
    focusFirst(next);
    return Object.keys(next).length > 0;
  }

  function submit(next: Values): void {
    if (show(faultsOf(next))) return;
    save.mutate({ from: saved, next });
  }

  const setStatus = (status: Values['status']) => {
    const next = { ...values, status };
    setValues(next);
    submit(next);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit(values);
      }}
    >
      <Heading
        actions={!readOnly && <ProductActions product={saved} isBusy={save.isPending} {...{ isChanged, setStatus }} />}
      >
        {saved.name}
      </Heading>
      {theirs && (
        <Conflict
          {...{ base, ours: values, theirs }}
          settle={(settled) => {
            setDraft(draftOf(theirs, settled));
            save.reset();
            focusHeading();
          }}
        />
      )}
      {save.error && !(save.error instanceof Overtaken) && (
        <Failure error={save.error} retry={() => submit(values)} fields={apiFields} takesFocus />
      )}
      <ProductFields {...{ values, faults, readOnly, change }} />
      {may('POST /admin/products/{productId}/images') ? (
        <Pictures
          productId={saved.id}
          images={values.images}
          fault={faults.images}
          change={(images) => change({ ...values, images })}
          joined={takeIn}
        />
      ) : (
        values.images.length > 0 && <Gallery images={values.images} />
      )}
      {!readOnly && (
        <div className="actions">
          <SteadyButton type="submit" isBusy={save.isPending} isOff={!isChanged || theirs !== undefined}>
            Save
          </SteadyButton>
          {isChanged && (
            <Button
              variant="default"
              onClick={() => {
                change(base);
                save.reset();
                focusHeading();
              }}
            >
              Undo changes
            </Button>
          )}
        </div>
      )}
    </form>
  );
}
