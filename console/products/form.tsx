/** The fields of a product. */
import { Button, CloseButton, NativeSelect, Text, Textarea, TextInput } from '@mantine/core';
import { currencies } from '../../src/catalog/currencies';
import { useCategoryOptions } from '../api/category-options';
import { statusOptions } from '../ui/statuses';
import { Picture } from './picture';
import { labels, type Faults, type Values } from './values';

interface Props {
  values: Values;
  faults: Faults;
  change: (values: Values) => void;
  readOnly: boolean;
}

export function ProductFields({ values, faults, change, readOnly }: Props) {
  const categories = useCategoryOptions(values.categoryId);
  const text = (field: Exclude<keyof Values, 'images' | 'attributes'>) => ({
    id: `field-${field}`,
    label: labels[field],
    value: values[field],
    error: faults[field],
    readOnly,
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      change({ ...values, [field]: value }),
  });
  const choice = (field: 'currency' | 'categoryId' | 'status') => ({
    id: `field-${field}`,
    label: labels[field],
    value: values[field],
    error: faults[field],
    disabled: readOnly,
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      change({ ...values, [field]: value }),
  });
  return (
    <div className="fields">
      <TextInput {...text('name')} required className="wide" />
      <TextInput {...text('sku')} required />
      <TextInput {...text('slug')} description="Its name in addresses; made from the name unless you give one" />
      <div className="pair">
        <TextInput {...text('amount')} required inputMode="decimal" />
        <NativeSelect {...choice('currency')} data={[...currencies]} />
      </div>
      <TextInput {...text('stockCount')} inputMode="numeric" />
      <NativeSelect
        {...choice('categoryId')}
        required
        data={[{ value: '', label: 'Choose a category' }, ...categories]}
      />
      <NativeSelect {...choice('status')} description="Readers see active products alone" data={statusOptions} />
      <Textarea {...text('description')} className="wide" autosize={false} rows={4} />
      <TextInput {...text('imageUrl')} className="wide" inputMode="url" placeholder="https://…" />
      <Picture url={values.imageUrl} />
      <Attributes {...{ values, faults, change, readOnly }} />
    </div>
  );
}

function Attributes({ values, faults, change, readOnly }: Props) {
  const { attributes } = values;
  const replace = (position: number, pair: [string, string]) =>
    change({ ...values, attributes: attributes.map((old, index) => (index === position ? pair : old)) });
  return (
    <fieldset className="wide attributes" id="field-attributes">
      <legend>{labels.attributes}</legend>
      {attributes.map(([name, value], position) => (
        <div key={position} className="pair">
          <TextInput
            aria-label={`Name of attribute ${position + 1}`}
            placeholder="Name"
            value={name}
            readOnly={readOnly}
            onChange={({ currentTarget }) => replace(position, [currentTarget.value, value])}
          />
          <TextInput
            aria-label={`Value of attribute ${position + 1}`}
            placeholder="Value"
            value={value}
            readOnly={readOnly}
            onChange={({ currentTarget }) => replace(position, [name, currentTarget.value])}
          />
          {!readOnly && (
            <CloseButton
              aria-label={`Remove attribute ${position + 1}`}
              onClick={() => change({ ...values, attributes: attributes.filter((_, index) => index !== position) })}
            />
          )}
        </div>
      ))}
      {faults.attributes && (
        <Text size="sm" className="fault">
          {faults.attributes}
        </Text>
      )}
      {!readOnly && (
        <Button
          size="xs"
          variant="default"
          onClick={() => change({ ...values, attributes: [...attributes, ['', '']] })}
        >
          Add an attribute
        </Button>
      )}
    </fieldset>
  );
}
