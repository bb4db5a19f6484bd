// A user-defined function cannot see parameters, so it is given the vault.
func secretOf(vaultName string, name string) string => '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${name})'

param name string
param location string
param storageAccountName string
param deploymentContainer string
param keyVaultName string
param applicationInsightsConnection string
param useTeams bool

@secure()
@description('Functions host keys by caller name.')
param callerKeys object

var callerRoles = { hotline: 'Intake', staff: 'Staff', duty: 'Duty' }
var callerSecrets = { hotline: 'HotlineKey', staff: 'StaffKey', duty: 'DutyKey' }

var keyVaultSecretsUser = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6')
var storageBlobDataOwner = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b')

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageAccountName
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: keyVaultName
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: name
  location: location
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  kind: 'functionapp,linux'
  identity: { type: 'SystemAssigned' }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: { maximumInstanceCount: 100, instanceMemoryMB: 2048 }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainer
          authentication: { type: 'SystemAssignedIdentity' }
        }
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      appSettings: concat(
        [
          { name: 'AzureWebJobsStorage', value: secretOf(keyVaultName, 'TableStorage') }
          { name: 'TableStorage', value: secretOf(keyVaultName, 'TableStorage') }
          { name: 'ServiceBusConnection', value: secretOf(keyVaultName, 'ServiceBusConnection') }
          { name: 'Vault__Key', value: secretOf(keyVaultName, 'VaultKey') }
          { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: applicationInsightsConnection }
        ],
        flatten(map(items(callerRoles), caller => [
          { name: 'Callers__${caller.key}__Role', value: caller.value }
          { name: 'Callers__${caller.key}__Key', value: secretOf(keyVaultName, callerSecrets[caller.key]) }
        ])),
        useTeams ? [{ name: 'Teams__Webhooks__default', value: secretOf(keyVaultName, 'TeamsWebhook') }] : []
      )
    }
  }
}

// The same keys open the door at the host and tell the app who came in.
resource hostKeys 'Microsoft.Web/sites/host/functionKeys@2024-04-01' = [
  for caller in items(callerRoles): {
    #disable-next-line use-parent-property
    name: '${app.name}/default/${caller.key}'
    properties: { name: caller.key, value: callerKeys[caller.key] }
  }
]

resource readSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, app.id, keyVaultSecretsUser)
  properties: { principalId: app.identity.principalId, principalType: 'ServicePrincipal', roleDefinitionId: keyVaultSecretsUser }
}

resource deploy 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, app.id, storageBlobDataOwner)
  properties: { principalId: app.identity.principalId, principalType: 'ServicePrincipal', roleDefinitionId: storageBlobDataOwner }
}

output address string = 'https://${app.properties.defaultHostName}/api'
