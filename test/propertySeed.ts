import fc from 'fast-check';

// Each commit is tested with random cases of its own, and with the same ones wherever it is tested: what fails in CI fails
// here too.
fc.configureGlobal({ seed: Number(process.env.FLAG_REVIEW_SEED) });
