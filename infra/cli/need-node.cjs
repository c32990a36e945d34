// biome-ignore-all lint: an old Node must be able to read this in order to say that it is too old.
var needed = /\d+/.exec(require('../../package.json').engines.node)[0];
if (parseInt(process.versions.node, 10) < Number(needed)) {
  console.error(
    'BillingWatch needs Node ' +
      needed +
      ' and this is ' +
      process.versions.node +
      ': `npm ci` brings it along, unless optional packages or install scripts are left out.',
  );
  process.exit(1);
}
