/** A product that is not there yet. */
import { Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useLocation, useSearchParams } from 'wouter';
import { useCategories } from '../api/categories';
import { answerOf, api } from '../api/client';
import { Heading } from '../ui/heading';
import { useIdempotencyKey } from '../ui/keys';
import { useUnsaved } from '../ui/leaving';
import { useSay } from '../ui/messages';
import { Failure } from '../ui/states';
import { SteadyButton } from '../ui/steady-button';
import { focusFirst } from './focus';
import { ProductFields } from './form';
import { apiFields, errorFaults, faultsLeft } from './faults';
import { filterOf } from './list-filter';
import { changedFields, emptyValues, faultsOf, inputOf, type Faults, type Values } from './values';

export function NewProduct() {
  const queries = useQueryClient();
  const say = useSay();
  const [, navigate] = useLocation();
  const keyFor = useIdempotencyKey();
  const [parameters] = useSearchParams();
  const { data: categories } = useCategories();
  const { status, categoryId } = filterOf(parameters, categories?.has);
  const initial = { ...emptyValues, ...(status && { status }), ...(categoryId !== undefined && { categoryId }) };
  const [typed, setTyped] = useState<Values>();
  const values = typed ?? initial;
  const [faults, setFaults] = useState<Faults>({});
  const show = (next: Faults) => {
    setFaults(next);
    focusFirst(next);
  };
  const create = useMutation({
    mutationFn: () => {
      const body = inputOf(values);
      return answerOf(api.POST('/products', { params: { header: { 'Idempotency-Key': keyFor(body) } }, body }));
    },
    onSuccess: ({ name }) => {
      void queries.invalidateQueries({ queryKey: ['products'] });
      say('has been created.', { about: name });
    },
    onError: (error) => show(errorFaults(error)),
  });
  useUnsaved(!create.isSuccess && changedFields(initial, values).length > 0);
  const created = create.data?.id;
  // Once the form counts as saved.
  useEffect(() => {
    if (created !== undefined) navigate(`/products/${created}`, { replace: true });
  }, [created, navigate]);
  const submit = () => {
    const found = faultsOf(values);
    show(found);
    if (Object.keys(found).length === 0) create.mutate();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Heading>New product</Heading>
      {categories?.inOrder.length === 0 && (
        <Text>
          Each product is in a category, and there is none yet. <Link href="/categories">Create a category first</Link>
        </Text>
      )}
      {create.error && <Failure error={create.error} retry={submit} fields={apiFields} takesFocus />}
      <ProductFields
        {...{ values, faults, readOnly: false }}
        change={(next) => {
          setFaults(faultsLeft(faults, values, next));
          setTyped(next);
        }}
      />
      <div className="actions">
        <SteadyButton type="submit" isBusy={create.isPending}>
          Create
        </SteadyButton>
      </div>
    </form>
  );
}
