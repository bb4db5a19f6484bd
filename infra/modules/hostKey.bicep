@description('The function app.')
param appName string

@description('Name of the key.')
param name string

@secure()
@description('The key.')
param key string

// Bicep has no types for this resource: https://github.com/Azure/bicep-types-az/issues/1356
#disable-next-line BCP081
resource hostKey 'Microsoft.Web/sites/host/functionKeys@2025-03-01' = {
  name: '${appName}/default/${name}'
  properties: { name: name, value: key }
}
