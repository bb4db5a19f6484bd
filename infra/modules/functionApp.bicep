@description('Name of the app and of its plan.')
param name string

@description('Region.')
param location string

@description('The identity that the app takes.')
param identityName string

@description('The account of the Functions host, the task hub and the tables.')
param storageAccountName string

@description('Address of the blob container of the deployed package.')
param deploymentContainer string

@description('Host name of the Service Bus namespace.')
param serviceBusAddress string

@description('The vault of the secrets.')
param keyVaultName string

@description('Where the logs go.')
param applicationInsightsName string

@description('Whether the vault holds the webhook of a Teams channel.')
param useTeams bool

@description('Further app settings; they win.')
param settings { *: string }

// A user-defined function cannot see parameters, so it is given the vault.
func secretOf(vaultName string, secret string) string => '@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${secret})'

// Who calls, and with which secret; hostKeys.bicep opens the host to the same keys.
var callers = loadJsonContent('../callers.json')

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource account 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageAccountName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: name
  location: location
  kind: 'functionapp'
  sku: { tier: 'FlexConsumption', name: 'FC1' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  kind: 'functionapp,linux'
  // azd finds by this tag where the service "brain" of azure.yaml goes.
  tags: { 'azd-service-name': 'brain' }
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identity.id
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: { maximumInstanceCount: 100, instanceMemoryMB: 2048 }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainer
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identity.id }
        }
      }
    }
    siteConfig: { minTlsVersion: '1.2' }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(
      {
        AzureWebJobsStorage__blobServiceUri: account.properties.primaryEndpoints.blob
        AzureWebJobsStorage__queueServiceUri: account.properties.primaryEndpoints.queue
        AzureWebJobsStorage__tableServiceUri: account.properties.primaryEndpoints.table
        AzureWebJobsStorage__credential: 'managedidentity'
        AzureWebJobsStorage__clientId: identity.properties.clientId

        // "endpoint" is the name by which the Tables client of the SDK is configured; it knows no tableServiceUri.
        TableStorage__endpoint: account.properties.primaryEndpoints.table
        TableStorage__credential: 'managedidentity'
        TableStorage__clientId: identity.properties.clientId

        ServiceBusConnection__fullyQualifiedNamespace: serviceBusAddress
        ServiceBusConnection__credential: 'managedidentity'
        ServiceBusConnection__clientId: identity.properties.clientId

        APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'

        Vault__Key: secretOf(keyVaultName, 'VaultKey')
        Callers__duty__Authority: 'City'
        Teams__PublicUrl: 'https://${app.properties.defaultHostName}'
      },
      toObject(callers, caller => 'Callers__${caller.name}__Role', caller => caller.role),
      toObject(callers, caller => 'Callers__${caller.name}__Key', caller => secretOf(keyVaultName, caller.secret)),
      useTeams ? { Teams__Webhooks__default: secretOf(keyVaultName, 'TeamsWebhook') } : {},
      settings
    )
  }
}

output name string = app.name
output address string = 'https://${app.properties.defaultHostName}'
