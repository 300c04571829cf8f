// Packages that make promises of functions with callbacks (miniprogram-api-promise), and pairs of promises (await-to-js).
const plain = name => name.endsWith('Sync') || name.startsWith('on') || name.startsWith('off') || name.startsWith('create');

function promisify(f) {
  return options => new Promise((resolve, reject) => { f({ ...options, success: resolve, fail: reject }); });
}

function promisifyAll(from, to) {
  for (const name of Object.keys(from)) {
    to[name] = plain(name) ? from[name] : options => {
      if (options && (options.success || options.fail || options.complete)) return from[name](options);
      return promisify(from[name])(options);
    };
  }
}

function to(promise) { return promise.then(data => [null, data], err => [err, undefined]); }

module.exports = $$package({ promisify, promisifyAll, to });
