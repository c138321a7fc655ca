/** Ways to write an ASN.1 element not quite in DER, under the comments of wycheproof's vectors that do so. */

export interface Element {
  /** As wycheproof's comments name it. */
  label: 'Sequence' | 'Oid' | 'Null' | 'OctetString';
  tag: number;
  value: Buffer;
}

const hex = (text: string) => Buffer.from(text, 'hex');
const join = (...pieces: (Buffer | string)[]) =>
  Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? hex(piece) : piece)));
/** Tag, length and value, for values of less than 128 bytes. */
export const tlv = (tag: number, ...pieces: (Buffer | string)[]) => {
  const value = join(...pieces);
  return join(Buffer.from([tag, value.length]), value);
};
const byte = (value: number) => Buffer.from([value & 0xff]);

/** A length in as few bytes as it takes, of which zero takes none. */
const sizeOf = (value: Buffer) => (value.length === 0 ? Buffer.alloc(0) : byte(value.length));

/** What takes the place of an element's bytes, by the vectors' comment; # is the element's label. Several, where there are several. */
const anywhere: Record<string, (element: Element, whole: Buffer, constructed: number) => Buffer | Buffer[]> = {
  'lengthOf#UsesLongFormEncoding': ({ tag, value }) =>
    join(byte(tag), byte(0x80 + sizeOf(value).length), sizeOf(value), value),
  'lengthOf#ContainsALeading0': ({ tag, value }) =>
    join(byte(tag), byte(0x81 + sizeOf(value).length), '00', sizeOf(value), value),
  'lengthOf#Uses+InsteadOf=': ({ tag, value }) => join(byte(tag), byte(value.length + 1), value),
  'uint32OverflowInLengthOf#': ({ tag, value }) => join(byte(tag), '8501000000', byte(value.length), value),
  'uint64OverflowInLengthOf#': ({ tag, value }) => join(byte(tag), '890100000000000000', byte(value.length), value),
  'lengthOf#is2to31sub1': ({ tag, value }) => join(byte(tag), '847fffffff', value),
  'lengthOf#is2to31': ({ tag, value }) => join(byte(tag), '8480000000', value),
  'lengthOf#is2to32sub1': ({ tag, value }) => join(byte(tag), '84ffffffff', value),
  'lengthOf#is2to40sub1': ({ tag, value }) => join(byte(tag), '85ffffffffff', value),
  'lengthOf#is2to64sub1': ({ tag, value }) => join(byte(tag), '88ffffffffffffffff', value),
  'incorrectLengthOf#': ({ tag, value }) => join(byte(tag), 'ff', value),
  "appending0'sTo#": ({ tag, value }) => tlv(tag, value, '0000'),
  'appendingNullValueTo#': ({ tag, value }) => tlv(tag, value, '0500'),
  'prependingGarbageTo#': (_, whole, outer) => [tlv(outer, '498177', whole), tlv(outer, '2500', whole)],
  'appendingGarbageTo#': (_, whole, outer) => join(tlv(outer, whole), '0004deadbeef'),
  includingUndefinedTags: (_, whole, outer) => tlv(outer, 'aa00bb00cd00', whole),
  'truncatedLengthOf#': ({ tag }) => join(byte(tag), '81'),
  'includingUndefinedTagsTo#': (_, whole, outer) => tlv(outer, 'aa02aabb', whole),
  'usingCompositionWithIndefiniteLengthFor#': (_, whole, outer) => join(byte(outer), '80', whole, '0000'),
  'usingCompositionWithWrongTagFor#': ({ tag, value }, _, outer) =>
    join(byte(outer), '80', tlv(tag ^ 1, value), '0000'),
  'changingTagValueOf#': ({ tag, value }) => [-2, -1, 1, 2, 0xff - tag].map((change) => tlv(tag + change, value)),
};

const ofAnyWithValue: typeof anywhere = {
  'lengthOf#Uses-InsteadOf=': ({ tag, value }) => join(byte(tag), byte(value.length - 1), value),
  'replaced#ByAnIndefiniteLengthTagWithoutTermination': ({ tag, value }) => join(byte(tag), '80', value),
  'lonely#Tag': ({ tag }) => byte(tag),
  "prepending0'sTo#": ({ tag, value }) => tlv(tag, '0000', value),
  'Replacing#WithNULL': () => hex('0500'),
  'droppingValueOf#': ({ tag }) => tlv(tag),
  'usingCompositionFor#': ({ tag, value }, _, outer) =>
    tlv(outer, tlv(tag, value.subarray(0, 1)), tlv(tag, value.subarray(1))),
  'truncated#': ({ tag, value }) => [tlv(tag, value.subarray(0, -1)), tlv(tag, value.subarray(1))],
};

const ofSequenceOrOid: typeof anywhere = {
  'removing#': () => Buffer.alloc(0),
  "appendingUnused0'sTo#": (_, whole) => join(whole, '0000'),
};

const ofSequence: typeof anywhere = {
  indefiniteLength: ({ value }) => join('3080', value, '0000'),
  indefiniteLengthWithTruncatedDelimiter: ({ value }) => join('3080', value, '00'),
  indefiniteLengthWithAdditionalElement: ({ value }) => join('3080', value, '05000000'),
  indefiniteLengthWithTruncatedElement: ({ value }) => join('3080', value, '060811220000'),
  indefiniteLengthWithGarbage: ({ value }) => join('3080', value, '0000fe02beef'),
  indefiniteLengthWithNonemptyEOC: ({ value }) => join('3080', value, '0002beef'),
  prependEmptySequence: ({ tag, value }) => tlv(tag, '3000', value),
  appendEmptySequence: ({ tag, value }) => tlv(tag, value, '3000'),
  appendZero: ({ tag, value }) => tlv(tag, value, '020100'),
  appendGarbageWithHighTagNumber: ({ tag, value }) => tlv(tag, value, 'bf7f00'),
  appendNullWithExplicitTag: ({ tag, value }) => tlv(tag, value, 'a0020500'),
  appendNullWithImplicitTag: ({ tag, value }) => tlv(tag, value, 'a000'),
  sequenceOfSequence: ({ tag }, whole) => tlv(tag, whole),
};

const oids = (...values: string[]) => values.map((value) => tlv(6, value));

const ofOne: Record<Element['label'], typeof anywhere> = {
  Sequence: {
    ...ofAnyWithValue,
    ...ofSequenceOrOid,
    ...ofSequence,
  },
  Oid: {
    ...ofAnyWithValue,
    ...ofSequenceOrOid,
    modifyingFirstByteOfOid: () => oids('628648016503040201'),
    modifyingLastByteOfOid: () => oids('608648016503040281'),
    wrongOid: () => oids('2b0e03021a'),
    longerOid: () => oids('60864801650304020101'),
    oidWithModifiedNode: () => oids('608648016503040211', '60864801650304028880808001'),
    largeIntegerInOid: () => oids('608648016503040282808080808080808001'),
    oidWithInvalidNode: () => oids('608648016503040201e0', '60808648016503040201'),
  },
  Null: { composedNull: () => hex('2580aa00bb000000'), incorrectNull: () => hex('1f0500') },
  OctetString: {
    ...ofAnyWithValue,
    modifyingFirstByteOfOctetString: ({ value }) => tlv(4, byte((value[0] ?? 0) ^ 2), value.subarray(1)),
    modifyingLastByteOfOctetString: ({ value }) =>
      tlv(4, value.subarray(0, -1), byte((value[value.length - 1] ?? 0) ^ 0x80)),
  },
};

/** What may stand in place of this element, with the comment of the vectors that have it there. */
export function faultsOf(element: Element): [comment: string, bytes: Buffer][] {
  const { label, tag, value } = element;
  const table = { ...anywhere, ...ofOne[label] };
  return Object.entries(table).flatMap(([pattern, write]) => {
    const comment = pattern
      .replace('#is', label === 'Sequence' ? '#Is' : '#is')
      .replace('#', label)
      .replace('+', String(value.length + 1))
      .replace('-', String(value.length - 1))
      .replace('=', String(value.length));
    return [write(element, tlv(tag, value), tag | 0x20)].flat().map((bytes): [string, Buffer] => [comment, bytes]);
  });
}
