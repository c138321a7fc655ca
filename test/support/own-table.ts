/** Creates the table of an integration test file before its tests run. */
import { createTable } from './test-table';

beforeAll(createTable);
