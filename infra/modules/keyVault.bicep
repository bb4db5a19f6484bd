param name string
param location string
param storageAccountName string
param serviceBusName string

@secure()
@description('Secrets by name.')
param secrets object

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageAccountName
}

resource busRule 'Microsoft.ServiceBus/namespaces/authorizationRules@2022-10-01-preview' existing = {
  name: '${serviceBusName}/app'
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enablePurgeProtection: true
  }

  resource given 'secrets' = [
    for item in items(secrets): {
      name: item.key
      properties: { value: item.value }
    }
  ]

  resource storageConnection 'secrets' = {
    name: 'TableStorage'
    properties: {
      value: 'DefaultEndpointsProtocol=https;AccountName=${account.name};AccountKey=${account.listKeys().keys[0].value};EndpointSuffix=${environment().suffixes.storage}'
    }
  }

  resource busConnection 'secrets' = {
    name: 'ServiceBusConnection'
    properties: { value: busRule.listKeys().primaryConnectionString }
  }
}

output name string = vault.name
