/** The templates have only resource types and properties that CloudFormation knows. */
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Property, PropertyType } from '@aws-cdk/service-spec-types';
import { packageNames } from '../support/packages';
import { templateOf } from '../support/template';

const specification = loadAwsServiceSpecSync();
type Properties = Readonly<Record<string, Property>>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isIntrinsic = (value: Record<string, unknown>) =>
  Object.keys(value).length === 1 && Object.keys(value).every((key) => key === 'Ref' || key.startsWith('Fn::'));

/** Paths of the properties that the specification does not have, at any depth. */
function unknownProperties(value: unknown, properties: Properties, path: string): string[] {
  if (!isObject(value) || isIntrinsic(value)) return [];
  return Object.entries(value).flatMap(([name, child]) => {
    const property = properties[name];
    return property ? unknownInType(child, property.type, `${path}.${name}`) : [`${path}.${name}`];
  });
}

function unknownInType(value: unknown, type: PropertyType, path: string): string[] {
  switch (type.type) {
    case 'ref':
      return unknownProperties(value, specification.get('typeDefinition', type.reference.$ref).properties, path);
    case 'array':
      return Array.isArray(value)
        ? value.flatMap((element, index) => unknownInType(element, type.element, `${path}[${index}]`))
        : [];
    case 'map':
      return isObject(value)
        ? Object.entries(value).flatMap(([key, child]) => unknownInType(child, type.element, `${path}.${key}`))
        : [];
    case 'union': {
      const structured = type.types.filter((alternative) => structuresOf(value).includes(alternative.type));
      const perType = structured.map((alternative) => unknownInType(value, alternative, path));
      return perType.sort((a, b) => a.length - b.length)[0] ?? [];
    }
    default:
      return [];
  }
}

/** The types of the specification that say what may be inside such a value. */
function structuresOf(value: unknown): PropertyType['type'][] {
  if (Array.isArray(value)) return ['array'];
  return isObject(value) ? ['ref', 'map'] : [];
}

function unknownInResource(type: string, properties: Record<string, unknown>, path: string): string[] {
  const [known] = specification.lookup('resource', 'cloudFormationType', 'equals', type);
  return known ? unknownProperties(properties, known.properties, path) : [`${path}: ${type}`];
}

it.each(packageNames)('has known types and properties alone: %s', (name) => {
  const resources = Object.entries(templateOf(name).Resources);
  expect(resources.length).toBeGreaterThan(0);
  expect(
    resources.flatMap(([logicalId, { Type, Properties }]) => unknownInResource(Type, Properties, logicalId)),
  ).toEqual([]);
});

it('would notice a property, a nested property and a type that do not exist', () => {
  const table = {
    BillingMod: 'x',
    KeySchema: [{ AttributeNam: 'pk' }],
    PointInTimeRecoverySpecification: { Enabled: true },
  };
  expect(unknownInResource('AWS::DynamoDB::Table', table, 'T')).toEqual([
    'T.BillingMod',
    'T.KeySchema[0].AttributeNam',
    'T.PointInTimeRecoverySpecification.Enabled',
  ]);
  expect(unknownInResource('AWS::Cognito::UserPol', {}, 'P')).toEqual(['P: AWS::Cognito::UserPol']);
});

it.each(packageNames)('no address in the template is that of one partition of AWS alone: %s', (name) => {
  const text = JSON.stringify(templateOf(name));
  expect(text).toContain('AWS::URLSuffix');
  expect(text).not.toContain('${AWS::Region}.amazonaws.com');
});
