// Parameters of a deploy (`--param name=value`), refused with a sentence that names them when they cannot be meant.

module.exports = (resolveVariable) => {
  const text = async (name) => String(await resolveVariable(`param:${name}`));
  const refuse = (name, wanted, value) => {
    const refusal = new Error(`The parameter ${name} must be ${wanted}, not "${value}".`);
    // The framework prints a stack where there is one, and the sentence drowns in it.
    refusal.stack = '';
    throw refusal;
  };
  return {
    text,
    async number(name, most = Number.MAX_SAFE_INTEGER) {
      const value = await text(name);
      if (!/^\d+$/.test(value)) refuse(name, 'a whole number', value);
      if (Number(value) > most) refuse(name, `at most ${most}`, value);
      return Number(value);
    },
    async choice(name, choices) {
      const value = await text(name);
      if (!choices.includes(value)) refuse(name, `one of ${choices.join(', ')}`, value);
      return value;
    },
  };
};
