// Why a deploy cannot be as it is asked for, in a sentence.

/** Without its stack, because the framework would print that, and nobody would find the sentence in it. */
module.exports = (sentence) => Object.assign(new Error(sentence), { stack: '' });
