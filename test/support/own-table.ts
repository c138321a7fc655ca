/** Creates the table of an integration test file before its tests run, on an engine that is waited for. */
import './patient-tries';
import { createTable } from './test-table';

beforeAll(createTable);
