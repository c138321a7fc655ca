/** Name, slug and place of a category, new or there already. */
import { NativeSelect, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ChangeEvent } from 'react';
import { useCategoryOptions } from '../api/category-options';
import { answerOf, api, etag, type Category, type Schemas } from '../api/client';
import { Problem } from '../api/problem';
import { faultsAtFields } from '../ui/faults';
import { FormDialog } from '../ui/form-dialog';
import { useIdempotencyKey } from '../ui/keys';
import { useUnsaved } from '../ui/leaving';
import { useSay } from '../ui/messages';

const fields = ['name', 'slug', 'description', 'parentId'] as const;
type Values = Record<(typeof fields)[number], string>;

const valuesOf = (edited: Category | 'new'): Values =>
  edited === 'new'
    ? { name: '', slug: '', description: '', parentId: '' }
    : { name: edited.name, slug: edited.slug, description: edited.description ?? '', parentId: edited.parentId ?? '' };

const given = (value: string) => (value.trim() === '' ? undefined : value.trim());

function save(edited: Category | 'new', values: Values, keyFor: (body: unknown) => string): Promise<Category> {
  const { name } = values;
  const optional = {
    slug: given(values.slug),
    description: given(values.description),
    parentId: given(values.parentId),
  };
  if (edited === 'new') {
    const body = { name, ...optional } satisfies Record<keyof Schemas['CategoryInput'], unknown>;
    return answerOf(api.POST('/categories', { params: { header: { 'Idempotency-Key': keyFor(body) } }, body }));
  }
  const params = { path: { categoryId: edited.id }, header: { 'If-Match': etag(edited.version) } };
  const before = valuesOf(edited);
  const body = Object.fromEntries(
    fields
      .filter((field) => values[field] !== before[field])
      .map((field) => [field, field === 'name' ? name : (optional[field] ?? null)]),
  );
  return answerOf(api.PATCH('/categories/{categoryId}', { params, body }));
}

export function CategoryDialog({ edited, close }: { edited: Category | 'new'; close: () => void }) {
  const queries = useQueryClient();
  const say = useSay();
  const keyFor = useIdempotencyKey();
  const [values, setValues] = useState(() => valuesOf(edited));
  const mutation = useMutation({
    mutationFn: (sent: Values) => save(edited, sent, keyFor),
    onSuccess: ({ name }) => {
      say(`has been ${edited === 'new' ? 'created' : 'saved'}.`, { about: name });
      close();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['categories'] }),
  });
  const before = valuesOf(edited);
  useUnsaved(!mutation.isSuccess && fields.some((name) => values[name] !== before[name]));
  const faults = faultsAtFields(mutation.error);
  const field = (name: keyof Values) => ({
    value: values[name],
    // Until it is changed.
    error: values[name] === mutation.variables?.[name] ? faults[name] : undefined,
    onChange: ({ currentTarget: { value } }: ChangeEvent<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>) =>
      setValues((now) => ({ ...now, [name]: value })),
  });
  const isStale = mutation.error instanceof Problem && mutation.error.status === 412;
  const parents = useCategoryOptions(values.parentId, edited === 'new' ? undefined : edited.id);
  return (
    <FormDialog
      title={
        edited === 'new' ? (
          'New category'
        ) : (
          <>
            Change <bdi>{edited.name}</bdi>
          </>
        )
      }
      action={edited === 'new' ? 'Create' : 'Save'}
      send={() => mutation.mutate(values)}
      error={mutation.error}
      fields={fields}
      isSending={mutation.isPending}
      isStale={isStale}
      close={close}
    >
      {isStale && (
        <Text role="alert" className="fault">
          This category has been changed meanwhile. Close this, look at it, and change it again.
        </Text>
      )}
      <TextInput label="Name" required data-autofocus {...field('name')} />
      <TextInput label="Slug" description="Made from the name unless you give one" {...field('slug')} />
      <NativeSelect label="Below" {...field('parentId')} data={[{ value: '', label: 'At the top' }, ...parents]} />
      <Textarea label="Description" rows={3} {...field('description')} />
    </FormDialog>
  );
}
