// Opens the Functions host to the callers, with the keys that the vault holds. A deployment of its own, after the code: a Flex Consumption app without code has no host
// that could take a key (https://github.com/Azure/azure-functions-host/issues/11379). azure.yaml runs it after each deployment.
targetScope = 'resourceGroup'

@description('The function app.')
param appName string

@description('The vault of the secrets.')
param keyVaultName string

resource vault 'Microsoft.KeyVault/vaults@2025-05-01' existing = {
  name: keyVaultName
}

// One after another: the host keeps its keys in one blob.
@batchSize(1)
module keys 'modules/hostKey.bicep' = [
  for caller in loadJsonContent('callers.json'): {
    params: {
      appName: appName
      name: caller.name
      key: vault.getSecret(caller.secret)
    }
  }
]
