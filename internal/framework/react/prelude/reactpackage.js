// The package react.
const { react } = require('react.js');
module.exports = $$package(react);
