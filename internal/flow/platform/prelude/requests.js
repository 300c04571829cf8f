// Packages that make requests, or format what they bring: what they return is input, and what they are given runs some time.
module.exports = $$input('request', '');
