/**
 * The key that passwords are encrypted with for the vendor's own cloud: the same in its SDKs of every language. A public
 * key is no secret. SHA-256 of its bytes begins with b82ffaca.
 */
export const builtInKey =
  'MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC4xKeUgQ+Aoz7TLfAfs9+paePb' +
  '5KIofVthEopwrXFkp8OCeocaTHt9ICjTT2QeJh6cZaDaArfZ873GPUn00eOIZ7Ae' +
  '+TiA2BKHbCvloW3w5Lnqm70iSsUi5Fmu9/2+68GZRH9L7Mlh8cFksCicW2Y2W2uM' +
  'GKl64GDcIq3au+aqJQIDAQAB';
