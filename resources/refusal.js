// Why a deploy cannot be as it is asked for, in a sentence.

/** The framework prints a stack where there is one, and the sentence drowns in it. */
module.exports = (sentence) => Object.assign(new Error(sentence), { stack: '' });
