/** Makes the reads public for a test file that imports this before any handler. */
process.env['READS'] = 'public';
process.env['READS_MAX_AGE'] = '60';
