import fc from 'fast-check';

// A test that is red once in a hundred runs tells nobody what broke. FC_SEED looks further: what it finds becomes a test of its own.
fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? 20_261_123) });
