/** Small faults, each with the test file that must fail of it alone: what `npm run mutants` puts into a copy of the project. */

export interface Fault {
  file: string;
  /** Occurs once in the file. */
  text: string;
  replacement: string;
  test: string;
}

type Change = [text: string, replacement: string];

const faultsIn = (file: string, test: string, changes: Change[]): Fault[] =>
  changes.map(([text, replacement]) => ({ file, text, replacement, test: `test/${test}.test.ts` }));

/** Who may, and who says so. */
const access = [
  ...faultsIn('src/access/require-group.ts', 'unit/access/require-group', [
    ['if (!caller || !inOneOf(groups, caller))', 'if (!caller)'],
    ['if (!caller || !inOneOf(groups, caller))', 'if (caller && !inOneOf(groups, caller))'],
    ['caller.groups.includes(group)', 'caller.groups.some((name) => name.startsWith(group))'],
    ['caller.groups.includes(group)', 'caller.groups.some((name) => name.toLowerCase() === group)'],
  ]),
  ...faultsIn('src/access/require-reader.ts', 'integration/public-reads', [
    ['config.readsMaxAge > 0 ? `public', 'config.readsMaxAge > 0 ? `private'],
    ['? (caller) => caller', "? requireGroup('user', 'admin')"],
  ]),
  ...faultsIn('src/access/caller.ts', 'unit/access/caller', [
    ["property(claims, 'token_use') !== 'access' ||", ''],
    ["|| sub === '') return undefined", ') return undefined'],
    [".split(' ')\n", '.split(/[ ,]/)\n'],
    ['.slice(1, -1)', ".replace(/^\\[+|\\]+$/g, '')"],
    ['return [claim];', "return claim.split(' ');"],
  ]),
  ...faultsIn('src/access/caller.ts', 'unit/access/caller-iam', [
    ['role === `${rolePrefix}-${group}`', 'role.startsWith(`${rolePrefix}-${group}`)'],
    ["if (!cognitoIdentity.amr.includes('authenticated')) return undefined;\n", ''],
    ['|| others.length > 0', ''],
    ['\\/CognitoIdentityCredentials$/', '\\/\\w+$/'],
  ]),
  ...faultsIn('src/access/caller.ts', 'unit/access/caller-lambda', [
    ['groupNames.parse(JSON.parse(parsed.data.groups))', "parsed.data.groups.split(',')"],
  ]),
  ...faultsIn('src/access/token-verifier.ts', 'unit/access/token-verifier', [
    ["if (iat > Date.now() / 1000 + clockTolerance) throw new TokenRefusal('issued_in_the_future');\n", ''],
    ['if (iat > Date.now() / 1000 + clockTolerance)', 'if (iat >= Date.now() / 1000 + clockTolerance)'],
    ['const clockTolerance = 5;', 'const clockTolerance = 6;'],
    ["typeof exp !== 'number' || ", ''],
    ["if (header.alg !== 'RS256') throw new TokenRefusal('another_algorithm');\n", ''],
    ["header.crit !== undefined || header['b64'] !== undefined", "header['b64'] !== undefined"],
    ["tokenUse: 'access'", 'tokenUse: null'],
  ]),
  ...faultsIn('src/access/token-verifier.ts', 'unit/access/token-verifier-outage', [
    ["[library.KidNotFoundInJwksError, 'unknown_key'],\n", ''],
    ['  library.FetchError,\n', ''],
  ]),
  ...faultsIn('src/access/token-verifier.ts', 'unit/access/token-spelling', [
    ['parts.length !== 3 || !isCanonical', 'parts.length !== 3'],
  ]),
  ...faultsIn('src/access/token-verifier.ts', 'unit/access/lambda-authorizer', [
    ["replace(/^bearer /i, '')", "replace(/^Bearer /, '')"],
  ]),
  ...faultsIn('src/access/lambda-authorizer.ts', 'unit/access/lambda-authorizer', [
    ['inOneOf(groups, caller) ? { caller }', 'groups.length > 0 ? { caller }'],
    ['Object.hasOwn(allowedGroups, routeKey) ? allowedGroups[routeKey] : undefined', 'allowedGroups[routeKey]'],
  ]),
  ...faultsIn('src/access/lambda-authorizer.ts', 'unit/access/lambda-authorizer-log', [
    ['{ ...line, allowed: true, sub }', "{ ...line, allowed: true, sub, groups: groups.join(' ') }"],
    [
      '{ ...line, allowed: false, reason: decision.refusal }',
      '{ ...line, allowed: false, reason: decision.refusal, identity: event.identitySource?.[0] }',
    ],
    ["log.info('authorize', { ...line, allowed: false", "log.error('authorize', { ...line, allowed: false"],
  ]),
  ...faultsIn('src/access/join-user-group.ts', 'unit/access/join-user-group-outage', [
    ['maxAttempts: 2', 'maxAttempts: 3'],
  ]),
  ...faultsIn('src/access/join-user-group.ts', 'unit/access/join-user-group', [
    ["event.triggerSource === 'PostConfirmation_ConfirmSignUp'", "event.triggerSource.startsWith('PostConfirmation')"],
  ]),
];

/** What a request is asked for, and in which order. */
const http = [
  ...faultsIn('src/http/endpoint.ts', 'unit/http/endpoint', [
    [
      "    expected: expectedVersion(event, conditional),\n    body: body && validate(body, parseBody(event, longestBody), 'body'),\n",
      "    body: body && validate(body, parseBody(event, longestBody), 'body'),\n    expected: expectedVersion(event, conditional),\n",
    ],
    ['query = noQuery,', 'query,'],
    ['throw isIdToken(event.requestContext.authorizer) ? accessTokenWanted() : refusal;', 'throw refusal;'],
    ["withCacheControl(document, 'no-store')", 'document'],
  ]),
  ...faultsIn('src/http/endpoint.ts', 'unit/http/endpoint-deadline', [
    ['thrown instanceof DeadlineError ? busy(thrown) : thrown', 'thrown'],
  ]),
  ...faultsIn('src/http/request-log.ts', 'unit/http/endpoint-log', [
    ['sub: caller?.sub,', 'sub: caller?.sub,\n    query: event.rawQueryString,'],
    ['{ ...line, code, cause: cause instanceof Error ? causeName(cause) : undefined }', '{ ...line, code }'],
    ['status: response.statusCode,', 'status: 200,'],
  ]),
  ...faultsIn('src/http/preconditions.ts', 'unit/http/preconditions', [
    ["conditional && method === 'PUT'", "conditional && method === 'PATCH'"],
    ['if (!conditional) throw refusal', 'if (conditional) throw refusal'],
    ["if (header === '*') return undefined;\n", ''],
    ['/^"([1-9]\\d{0,14})"$/', '/^"?([1-9]\\d{0,14})"?$/'],
  ]),
  ...faultsIn('src/http/body.ts', 'unit/http/body', [
    ['if (bytes.length > limit) throw', 'if (bytes.length >= limit) throw'],
    ['{ fatal: true }', '{ fatal: false }'],
    ["if (encoding !== 'identity') throw unsupportedEncoding();", ''],
    ['|| foreignCharset', ''],
  ]),
  ...faultsIn('src/http/responses.ts', 'unit/http/responses', [
    ["'idempotency-replayed': 'true'", "'idempotency-replayed': 'false'"],
    ["|| known.includes('*')", ''],
    [".replace(/^W\\//, '')", ''],
  ]),
  ...faultsIn('src/http/problem.ts', 'unit/http/problem', [
    ["members.code === 'busy' ?", "members.code === 'forbidden' ?"],
    ["'Something went wrong on our side'", 'String(error)'],
    ['  stale_version: 412,', '  stale_version: 409,'],
  ]),
  ...faultsIn('src/http/idempotency.ts', 'unit/http/idempotency', [
    ['`${event.routeKey}\\n${JSON.stringify(body, inOrder)}`', 'JSON.stringify(body, inOrder)'],
    ['JSON.stringify(body, inOrder)', 'JSON.stringify(body)'],
  ]),
  ...faultsIn('src/http/validation.ts', 'unit/http/validation', [
    ['].slice(0, mostErrors)', ']'],
    [".replaceAll('~', '~0').replaceAll('/', '~1')", ''],
  ]),
];

/** What is kept, and what is said of it. */
const catalog = [
  ...faultsIn('src/catalog/product-filter.ts', 'integration/list-products', [
    ['(status === undefined || status === product.status) &&\n', ''],
    ['(categoryId === undefined || categoryId === product.categoryId)', 'true'],
  ]),
  ...faultsIn('src/catalog/product-store.ts', 'integration/list-products', [
    [
      '(query.nextToken === undefined || product.id < query.nextToken)',
      '(query.nextToken === undefined || product.id <= query.nextToken)',
    ],
  ]),
  ...faultsIn('src/catalog/product-store.ts', 'integration/round-trips', [
    [
      'const product = await getItem(keyOf(id ?? value), toProduct);',
      'const product = id === undefined ? undefined : await getItem(keyOf(id), toProduct);',
    ],
  ]),
  ...faultsIn('src/dynamodb/page.ts', 'unit/dynamodb/query-page', [
    [
      'return { ...page, nextToken: last ? String(last[listing.sortKey]) : cutShortAfter };',
      'return last ? { ...page, nextToken: String(last[listing.sortKey]) } : page;',
    ],
    [
      'if (shown.length === entries.length && cutShortAfter === undefined) return page;',
      'if (shown.length === entries.length) return page;',
    ],
    [
      '      Limit: limit + 1,\n    }),\n  );\n  const cutShort',
      '      Limit: limit,\n    }),\n  );\n  const cutShort',
    ],
  ]),
  ...faultsIn('src/dynamodb/transaction.ts', 'unit/dynamodb/retry-on-contention', [
    ['throttlings === mostThrottlings ||', ''],
    ['|| !isTimeFor(pause + longestTry)', ''],
    ['const mostThrottlings = 3;', 'const mostThrottlings = 4;'],
  ]),
  ...faultsIn('src/dynamodb/transaction.ts', 'unit/dynamodb/transaction', [
    ['if (throttled.has(code)) return new Throttling();\n', ''],
  ]),
  // By as few callers as races have in `npm test`.
  ...faultsIn('src/catalog/unique-value-store.ts', 'integration/product-races', [
    ["ConditionExpression: 'attribute_not_exists(pk)'", "ConditionExpression: 'attribute_not_exists(gone)'"],
  ]),
  ...faultsIn('src/catalog/unique-value-store.ts', 'integration/restore-races', [
    ["ConditionExpression: 'attribute_not_exists(pk)'", "ConditionExpression: 'attribute_not_exists(gone)'"],
  ]),
  ...faultsIn('src/catalog/idempotency-store.ts', 'integration/idempotency-races', [
    ['attribute_not_exists(pk) OR expiresAt', 'attribute_not_exists(gone) OR expiresAt'],
  ]),
  ...faultsIn('src/catalog/category-count-store.ts', 'integration/category-races', [
    ["ConditionExpression: 'writes = :writes'", "ConditionExpression: 'writes >= :writes'"],
  ]),
  ...faultsIn('src/catalog/category-place-store.ts', 'integration/category-tree-races', [
    [
      "before ? 'writes = :read' : 'attribute_not_exists(pk)'",
      "before ? 'writes >= :read' : 'attribute_not_exists(parent)'",
    ],
  ]),
  ...faultsIn('src/dynamodb/transaction.ts', 'unit/catalog/product-count-store', [['action?.onConflict?.();\n', '']]),
  ...faultsIn('src/catalog/latin-letters.ts', 'unit/catalog/slug', [['ħ:h ', '']]),
  ...faultsIn('src/catalog/record.ts', 'integration/update-product', [
    ['updatedAt: new Date().toISOString(), updatedBy: author', 'updatedAt: createdAt, updatedBy: author'],
    ['toISOString(), updatedBy: author', 'toISOString(), updatedBy: createdBy'],
    ['version: version + 1, createdAt', 'version: version + 2, createdAt'],
  ]),
  ...faultsIn('src/catalog/record.ts', 'unit/catalog/record', [
    ['expected !== undefined && expected !== version', 'expected !== undefined && expected > version'],
  ]),
  ...faultsIn('src/catalog/record.ts', 'integration/create-category', [
    ['const now = new Date().toISOString();', 'const now = new Date(0).toISOString();'],
  ]),
  ...faultsIn('src/catalog/product-item-store.ts', 'integration/create-product', [
    ['currency: item.price.currency', "currency: 'EUR'"],
    ["  claim(slugValue(slug), id, () => slugTaken('product', slug)),\n", ''],
  ]),
  ...faultsIn('src/catalog/product-item-store.ts', 'integration/delete-product', [
    ['    release(skuValue(current.sku)),\n', ''],
    ['    release(slugValue(current.slug)),\n', ''],
  ]),
  ...faultsIn('src/catalog/product-merge.ts', 'integration/update-product-merge-patch', [
    ['changes.price?.currency ?? current.price.currency', "changes.price?.currency ?? 'EUR'"],
    ['patched(changes.stockCount, current.stockCount, presets.stockCount)', 'changes.stockCount ?? current.stockCount'],
    ['merged.length > maxAttributes', 'merged.length > maxAttributes + 1'],
  ]),
  ...faultsIn('src/catalog/history.ts', 'unit/catalog/history', [
    [".replaceAll('~', '~0').replaceAll('/', '~1')", ".replaceAll('/', '~1')"],
    ['isEmptyObject(was) ? isEmptyObject(is) : isSame(was, is)', 'isSame(was, is)'],
    ['was === is || (Array.isArray', 'was === is && (Array.isArray'],
  ]),
  ...faultsIn('src/catalog/slug.ts', 'unit/catalog/slug', [
    ['if (current === plain || current === suffixed) return current;\n', ''],
    ['!plain.isUsed || !taken', '!taken'],
  ]),
  ...faultsIn('src/catalog/text.ts', 'unit/catalog/text', [
    ["  without(bidirectional, 'must not contain bidirectional controls'),\n", ''],
    ['const visible = without(invisible,', 'const visible = without(/^\\s*$/,'],
    ['  z.overwrite(toNfc),\n', ''],
    ['  z.refine<string>(isQuicklyNormalized, { error: tooManyMarks, abort: true }),\n', ''],
  ]),
  ...faultsIn('src/catalog/product.ts', 'unit/catalog/product', [
    ['(?:[0-9A-Za-z._-]+|', '(?:[^/]+|'],
    ['z.lte(1e12)', 'z.lte(1e13)'],
  ]),
  ...faultsIn('src/catalog/idempotency-store.ts', 'integration/idempotency-expiry', [
    ['const lifetime = 24 * 60 * 60;', 'const lifetime = 23 * 60 * 60;'],
    [' OR expiresAt <= :now', ''],
    ['if (!item || item.expiresAt <= now()) throw new Contention();', 'if (!item) throw new Contention();'],
  ]),
  ...faultsIn('src/catalog/idempotency-store.ts', 'integration/idempotency', [
    ['if (item.fingerprint !== request.fingerprint) throw idempotencyKeyReused();\n', ''],
    ['`IDEMPOTENCY#${caller}#${key}`', '`IDEMPOTENCY#${key}`'],
  ]),
  ...faultsIn('src/bulk/batch.ts', 'integration/interleavings', [
    ['  for (const { position } of open) ledger.forget(position);\n', ''],
  ]),
  ...faultsIn('src/bulk/batch.ts', 'integration/frozen-function', [
    ['  if (busy[0] && busy.length === results.length) throw busy[0];\n', ''],
  ]),
  ...faultsIn('src/bulk/plan.ts', 'integration/bulk-write-products', [
    ['  if (images) arrangeImages([], images);\n', ''],
    ["validate(newProduct, withoutNulls(given), 'body')", "validate(newProduct, given, 'body')"],
    ['derivesSlug: slugs.isUsed', 'derivesSlug: false'],
    ["if (plan.action !== 'unchanged') requireVersion(current, version);\n", ''],
    ['  requireVersion(current, row.version);\n', ''],
  ]),
  ...faultsIn('src/bulk/write.ts', 'unit/bulk/write', [
    ['if (!conditionFailed || !plan ||', 'if (!plan ||'],
    ['const mostActions = 100;', 'const mostActions = 101;'],
  ]),
  ...faultsIn('src/bulk/write.ts', 'integration/bulk-write-products', [
    ['attempt(dryRun ? withoutWriting(actions) : actions)', 'attempt(actions)'],
    ["category === undefined ? error : categoryNotFound(category, 'category')", 'error'],
  ]),
  ...faultsIn('src/catalog/category-tree-store.ts', 'integration/interleavings', [
    ['      if (change.step.parentId !== step.parentId) throw new Contention();\n', ''],
    [' || left.some((step) => step.id === id)', ''],
    ['to === id || ', ''],
  ]),
  ...faultsIn('src/catalog/category-tree-store.ts', 'integration/get-category', [
    ['  if (earlier.some(({ version }, place) => again[place]?.version !== version)) throw new Contention();\n', ''],
  ]),
  ...faultsIn('src/catalog/category-store.ts', 'integration/delete-category', [
    ['if (item.productCount === null && counts.length < shareCount) throw new Contention();', ''],
  ]),
  ...faultsIn('src/deadline.ts', 'unit/deadline', [
    ['    controller.abort(error);\n', ''],
    ['!deadline.signal.aborted && ', ''],
  ]),
  ...faultsIn('src/deadline.ts', 'unit/http/endpoint-deadline', [
    ['invocation.getRemainingTimeInMillis() - margin', 'invocation.getRemainingTimeInMillis()'],
  ]),
  ...faultsIn('src/normalization.ts', 'unit/catalog/text', [['const longestRun = 30;', 'const longestRun = 31;']]),
];

/** What is deployed, and what stands in for AWS. */
const around = [
  ...faultsIn('resources/alarms.js', 'infrastructure/operations', [
    ['threshold: 5,', 'threshold: 50,'],
    ['threshold = 1,', 'threshold = 2,'],
    ['often: 3,', 'often: 12,'],
    ["statistic: 'Average',", "statistic: 'Sum',"],
    ['    ...indexNames().map((name) => ({', '    ...[].map((name) => ({'],
    ["TreatMissingData: 'notBreaching'", "TreatMissingData: 'missing'"],
  ]),
  ...faultsIn('resources/cors.js', 'infrastructure/operations', [
    ["'retry-after', ", ''],
    ["'if-none-match', ", ''],
    ['AllowCredentials: false', 'AllowCredentials: true'],
    ["'PATCH', ", ''],
    ['MaxAge: 600', 'MaxAge: 86400'],
  ]),
  ...faultsIn('resources/gatekeeper.js', 'infrastructure/authorizers', [
    [", '$context.routeKey']", ']'],
    ['resultTtlInSeconds: cacheSeconds', 'resultTtlInSeconds: 300'],
  ]),
  ...faultsIn('local/gateway/lambda-authorizer.ts', 'unit/local/gateway/lambda-authorizer', [
    ['groups.resultTtlInSeconds * 1000', 'groups.resultTtlInSeconds * 2000'],
    ['if (kept && kept.until > Date.now())', 'if (kept)'],
    ["if (identity.includes('')) return { status: 401 };\n", ''],
  ]),
  ...faultsIn('local/gateway/jwt-authorizer.ts', 'unit/local/gateway/jwt-authorizer', [
    ['        requireAudience(payload, clientIds);\n', ''],
    ['const audiences = aud === undefined ? [client_id] : [aud].flat();', 'const audiences = [client_id, aud].flat();'],
  ]),
  ...faultsIn('local/gateway/jwt-authorizer.ts', 'unit/access/token-spelling', [
    ['      requireCompactForm(token);\n', ''],
  ]),
  ...faultsIn('local/gateway/cors.ts', 'unit/local/gateway/gateway', [
    ["          'access-control-expose-headers': ExposeHeaders.join(','),\n", ''],
    ['origin === allowed', 'origin.startsWith(allowed)'],
  ]),
  ...faultsIn('cli/catalog/api/session.ts', 'unit/cli/catalog/api/session', [
    ['    accepted = true;\n', ''],
    ['answer.status === 403 && accepted &&', 'answer.status === 403 &&'],
    ['if (session === used) session = signIn();', 'session = signIn();'],
  ]),
  ...faultsIn('cli/catalog/api/answer.ts', 'unit/cli/catalog/api/answer', [
    ['if (response.ok && text', 'if (text'],
    ['throw new NoAnswer(', 'throw new Failure('],
  ]),
  ...faultsIn('cli/catalog/api/catalogue.ts', 'unit/cli/catalog/api/catalogue', [
    ['if (lastAnswer > start) return orThrow(answer);\n', ''],
    ['answer.status === 500) await sleep(pause)', 'answer.status === 503) await sleep(pause)'],
  ]),
  ...faultsIn('cli/catalog/files/file-text.ts', 'integration/import-files', [
    ['    await requireState(file, state);\n', ''],
    ['  await requireState(file, state);\n  yield', '  yield'],
  ]),
  ...faultsIn('cli/catalog/files/sorted-lines.ts', 'unit/cli/catalog/files/sorted-lines', [
    ['files.length > mostMerged', 'files.length > 1_000'],
    ['b.line < a.line', 'b.line.localeCompare(a.line) < 0'],
    [
      'yield* merge([run.sort().values(), ...files.map(readLines)]);',
      'yield* merge([run.values(), ...files.map(readLines)]);',
    ],
    ['if (next.done) heads', 'if (!next.done) heads'],
  ]),
  ...faultsIn('cli/request-headers.ts', 'unit/cli/request-headers', [
    ["name.toLowerCase() === 'authorization'", "name === 'Authorization'"],
    ['([\\t\\x20-\\x7e]*)$/', '([^]*)$/'],
  ]),
  ...faultsIn('deployment/terminal.ts', 'unit/deployment/terminal', [['\\u2028\\u2029', '\\u2028']]),
];

/** Pictures: what a form allows, what a file is, and what joins a product. */
const pictures = [
  ...faultsIn('src/images/upload-form.ts', 'integration/create-image-upload', [
    ["    ['content-length-range', bytes, bytes],\n", ''],
    ["['content-length-range', bytes, bytes]", "['content-length-range', 0, bytes]"],
    ["['content-length-range', bytes, bytes]", "['content-length-range', bytes, 10_485_760]"],
    ['{ [name]: value })', "name === 'key' ? ['starts-with', '$key', 'pending/'] : { [name]: value })"],
    ['{ [name]: value })', "name === 'Content-Type' ? ['starts-with', '$Content-Type', ''] : { [name]: value })"],
    ['expiration: expiresAt.toISOString()', 'expiration: new Date(8.64e15).toISOString()'],
  ]),
  ...faultsIn('src/images/uploads.ts', 'integration/create-image-upload', [
    ['const formLifetime = 5 * 60 * 1000;', 'const formLifetime = 60 * 60 * 1000;'],
  ]),
  ...faultsIn('src/images/uploads.ts', 'integration/accept-image', [
    ['  if (images.length >= mostImages) throw tooManyImages(mostImages);\n', ''],
  ]),
  ...faultsIn('src/images/examine.ts', 'integration/accept-image', [
    ["  if (file.bytes !== announced.bytes) return 'other_size';\n", ''],
    ['file.type !== announced.type || ', ''],
    [' || !isOfType(file.start, announced.type)', ''],
    ["  if (!(width > 0 && height > 0)) return 'no_dimensions';\n", ''],
    ["  if (Math.max(width, height) > longestSide[part]) return 'too_wide_or_high';\n", ''],
    ['longestSide[part]', 'longestSide.picture'],
    ["'image/jpeg': 1024 * 1024", "'image/jpeg': 64"],
  ]),
  ...faultsIn('src/images/inspect.ts', 'unit/images/inspect', [
    ["[12, 'IHDR']", "[12, '']"],
    ['?? 1) >= 5', '?? 1) >= 9'],
    ["[0, '\\u00ff\\u00d8\\u00ff']", "[0, '']"],
  ]),
  ...faultsIn('src/images/avif.ts', 'unit/images/inspect', [
    ["=== 'ftypavif'", "!== ''"],
    ['width = Math.max(width, ', 'width = Math.min(Infinity, '],
    ['quarters % 2 === 1', 'quarters === 2'],
  ]),
  ...faultsIn('src/images/bucket.ts', 'integration/accept-image-replaced', [
    ["    'if-none-match': '*',\n", ''],
    ["    'x-amz-copy-source-if-match': etag,\n", ''],
    ["return there.headers[origin] === etag.replaceAll('\"', '');", 'return true;'],
  ]),
  ...faultsIn('src/images/bucket.ts', 'integration/accept-image', [["    'content-type': type,\n", '']]),
  ...faultsIn('src/images/ticket-store.ts', 'integration/accept-image', [
    ["  ConditionExpression: '#state = :awaited',\n", ''],
  ]),
  ...faultsIn('src/images/accept.ts', 'integration/accept-image', [
    [', [acceptance(ticket)]', ', []'],
    ['  if (images.length >= mostImages) throw new TooMany();\n', ''],
    ['    await remove(copiesOf(ticket));\n', ''],
    ["    if (error instanceof ApplicationError && error.code === 'not_found') return 'product_gone';\n", ''],
    ['...nextVersion(current, author) };', "...nextVersion(current, 'accept-image') };"],
  ]),
  ...faultsIn('src/images/accept.ts', 'integration/accept-image-cut-off', [
    ['  if (picture === undefined) return;\n', '  if (picture === undefined) return;\n  await remove(sent);\n'],
  ]),
  ...faultsIn('src/images/accept.ts', 'integration/sweep-images', [
    ["if (ticket.state !== 'accepted') ", ''],
    ["if (ticket.state === 'awaited') await", 'await'],
  ]),
  ...faultsIn('src/images/ticket-store.ts', 'integration/create-image-upload', [
    ['7 * 24 * 60 * 60', '8 * 24 * 60 * 60'],
  ]),
  ...faultsIn('src/images/keys.ts', 'integration/create-image-upload', [
    ["const pendingPrefix = 'pending/';", "const pendingPrefix = 'images/';"],
  ]),
  ...faultsIn('local/s3/post-policy.ts', 'unit/local/s3/upload', [
    ['  verifySignature(fields, encoded, credentials);\n', ''],
    ["  if (!(new Date(expiration) > now)) throw invalid('Policy expired.');\n", ''],
    ["  if (extra.length > 0) throw invalid(`Extra input fields: ${extra.join(', ')}`);\n", ''],
    ['    range.most = Math.min(range.most, each.most);\n', ''],
    ["each.kind === 'eq' ? value === each.text", "each.kind === 'eq' ? value?.startsWith(each.text)"],
  ]),
  ...faultsIn('local/s3/operations.ts', 'unit/local/s3/operations', [
    ['  if (name !== bucket.name) throw accessDenied();\n', ''],
    ["  if (headers['x-amz-tagging'] !== undefined) throw notImplemented('tags');\n", ''],
    ["  if (headers['if-none-match'] === '*' && bucket.objects.get(key)) throw preconditionFailed();\n", ''],
  ]),
];

/** The console's sessions and its page, and who may do what with accounts. */
const people = [
  ...faultsIn('src/console/console.ts', 'unit/console/console', [
    ['data.endsAt < Date.now() / 1000', 'data.endsAt < 0'],
    ["const isOwn = headers['x-console'] === '1' && site", 'const isOwn = site'],
    ["&& site === 'same-origin'", "&& site !== 'cross-site'"],
    ['error instanceof Refusal && error.status === 401', 'error instanceof Refusal'],
    ['if (session) await userPool.revoke(session.refreshToken);', ''],
  ]),
  ...faultsIn('src/console/reach.ts', 'unit/console/console', [
    ["redirect: 'error'", "redirect: 'follow'"],
    ['deadlineSignal() ?? []', '[]'],
  ]),
  ...faultsIn('src/console/forward.ts', 'unit/console/console', [
    ['if (!knownPath.test(path)) throw notFound();', ''],
    ["'cache-control'];", "'cache-control', 'set-cookie'];"],
  ]),
  ...faultsIn('src/console/session.ts', 'unit/console/session', [
    ['data && data.endsAt > now() ? data : undefined', 'data'],
    ['token: renewed };', 'token: renewed, endsAt: now() + lifetime };'],
  ]),
  ...faultsIn('src/console/role-credentials.ts', 'unit/console/role-credentials', [
    ['Math.min(Expiration, claimsOf(idToken).exp)', 'Expiration'],
    ['known && known.until > now()', 'known'],
    ['    if (kept.size >= most && first !== undefined) kept.delete(first);\n', ''],
  ]),
  ...faultsIn('local/cognito/operations/own-account.ts', 'unit/local/cognito/refusals', [
    ['    requireStrength(ProposedPassword, pool.settings.passwordPolicy);\n', ''],
  ]),
  ...faultsIn('local/cognito/operations/sign-in.ts', 'unit/local/cognito/refusals', [
    ['  requireActive(pool, user);\n  return answerPassword', '  return answerPassword'],
    ['|| findUser(pool, USERNAME)?.sub !== sub', ''],
  ]),
  ...faultsIn('src/users/last-admin.ts', 'unit/users/accounts', [
    ['Username !== besides', 'Username !== undefined'],
    ['  if (await isAdminLeft()) return;\n  await undo();\n  throw lastAdmin();\n', ''],
  ]),
  ...faultsIn('src/users/pool.ts', 'unit/users/accounts', [
    ['  await signOut(pool, sub);\n}\n\nexport const enable', '}\n\nexport const enable'],
    ['  await signOut(pool, sub);\n  await joinGroup(pool, sub, group);', '  await joinGroup(pool, sub, group);'],
  ]),
  ...faultsIn('src/users/user.ts', 'unit/users/accounts', [
    ["status !== 'UNCONFIRMED' && emailVerified", 'emailVerified'],
  ]),
];

/** What others hear of changes, and what is done in the course of time. */
const later = [
  ...faultsIn('src/changes/follower.ts', 'unit/changes/follower', [
    ['changeKey < readAt ? changeKey : readAt', 'changeKey'],
    ['instant(newest - overlap)', 'instant(newest)'],
  ]),
  ...faultsIn('src/changes/change-store.ts', 'integration/list-changes', [
    ['changeKey >= end && (before', '(before'],
    ['return end === undefined ? { items } : { items, nextToken: end };', 'return { items };'],
  ]),
  ...faultsIn('src/changes/shard.ts', 'integration/list-changes', [['} while (start);', '} while (false);']]),
  ...faultsIn('src/search/live-index.ts', 'integration/search-following', [
    ['    this.following ??= this.underWay', '    return this.underWay;\n    this.following ??= this.underWay'],
    ['    this.built.catch(() => (this.built = undefined));\n', ''],
    ['        this.following = undefined;\n', ''],
    ['      .catch(() => undefined)\n', ''],
  ]),
  ...faultsIn('src/search/snapshot.ts', 'integration/search-snapshot', [
    [".setEncoding('utf8')", ''],
    ["rest = lines.pop() ?? '';", ''],
    ["throw new Error('The snapshot ends before its last part');", ''],
    ['Date.now() - asOf > oldest', 'false'],
  ]),
  ...faultsIn('src/search/find-products.ts', 'integration/search-following', [
    ['    if (!last && more) continue;\n', ''],
    ['categoryId: categoryId && foundIn', 'categoryId: undefined'],
  ]),
  ...faultsIn('src/search/answer.ts', 'integration/search-following', [
    ['indexedAt: askedAt', 'indexedAt: new Date().toISOString()'],
  ]),
  ...faultsIn('src/search/ask.ts', 'unit/search/ask', [
    ['status === 429 || ', ''],
    ["  if ('busy' in sent) throw busy(new Error('The search function found the table busy'));\n", ''],
  ]),
  ...faultsIn('src/search/categories.ts', 'unit/search/categories', [
    ['if (parentId === undefined) this.parents.delete(id);\n    else this', 'if (parentId !== undefined) this'],
  ]),
  ...faultsIn('src/events/event.ts', 'integration/publish-events', [
    ["record.product?.status === 'active' ?", 'record.product ?'],
  ]),
  ...faultsIn('src/events/make-events.ts', 'integration/publish-events', [
    ['        throwOutage(error);\n        log', '        log'],
  ]),
  ...faultsIn('src/events/publish.ts', 'integration/publish-events', [
    ['[...new Map(records.map(({ key }) => [nameOf(key), key])).values()]', 'records.map(({ key }) => key)'],
  ]),
  ...faultsIn('local/events/webhook.ts', 'unit/local/events/webhook', [
    ['this.underWay.then(() => this.post(event))', 'this.post(event)'],
    ["redirect: 'manual'", "redirect: 'follow'"],
  ]),
  ...faultsIn('local/events/feed.ts', 'unit/local/events/feed', [['Math.min(...positions)', 'Math.max(...positions)']]),
  ...faultsIn('src/sweep/left-files.ts', 'integration/sweep-images', [[', ...imagesAfter(next[at])]', ']']]),
  ...faultsIn('src/sweep/late-uploads.ts', 'integration/sweep-images', [['after: 3 * day', 'after: 2 * day']]),
  ...faultsIn('src/sweep/sweep.ts', 'integration/sweep-images', [
    ['        failures.push(error);', '        throw error;'],
  ]),
  ...faultsIn('src/sweep/sweep.ts', 'unit/sweep/sweep', [
    ['(Object.keys(steps).length - at)', 'Object.keys(steps).length'],
  ]),
  ...faultsIn('cli/restore-table/make-same.ts', 'unit/cli/restore-table', [
    ['    ConsistentRead: true,\n    Limit', '    Limit'],
    ['const request = { ConsistentRead: true, ...', 'const request = { ...'],
    ['await change(others.map((Item)', 'void change(others.map((Item)'],
  ]),
  ...faultsIn('cli/catalog/export.ts', 'unit/cli/catalog/export', [
    ["await namesIn(dir || '.')", "await readdir(dir || '.')"],
  ]),
];

/** What the template says: each has every package made anew. */
const template = [
  ...faultsIn('serverless.yml', 'infrastructure/stack', [
    ['AttributeName: expiresAt, Enabled: true', 'AttributeName: expires, Enabled: true'],
    ['MinimumLength: 12', 'MinimumLength: 8'],
  ]),
  ...faultsIn('resources/events.js', 'infrastructure/stack', [['timeout: 30', 'timeout: 3']]),
  ...faultsIn('resources/search-snapshots.yml', 'infrastructure/stack', [['Effect: Deny', 'Effect: Allow']]),
  ...faultsIn('resources/console.js', 'infrastructure/environment', [
    ["          ...(parameters.authorizer === 'iam' && { IDENTITY_POOL_ID: { Ref: 'IdentityPool' } }),\n", ''],
  ]),
];

export const faults: Fault[] = [
  ...access,
  ...http,
  ...catalog,
  ...around,
  ...pictures,
  ...people,
  ...later,
  ...template,
];
