// City Brain on Azure: one function app (Flex Consumption, .NET 10 isolated) with its identity, storage, Service Bus, Key Vault and logs.
targetScope = 'resourceGroup'

@description('Short name of the city, 3 to 11 lower-case letters and digits; part of every resource name.')
@minLength(3)
@maxLength(11)
param cityName string

@description('Region of every resource.')
param location string = resourceGroup().location

@secure()
@description('32 random bytes in base64; seals the personal data. Losing it loses the contacts.')
param vaultKey string

@secure()
@description('Functions key of the hotline systems that file appeals.')
param hotlineKey string

@secure()
@description('Functions key of the departments.')
param staffKey string

@secure()
@description('Functions key of the duty officers.')
param dutyKey string

@secure()
@description('Workflows webhook of the Teams channel that gets the notices; empty: notices are read on their page.')
param teamsWebhook string = ''

@description('Further app settings by name, such as Feedback__AnswerDays; they win over those made here.')
param settings { *: string } = {}

var unique = uniqueString(resourceGroup().id, cityName)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: '${cityName}-brain-${unique}'
  location: location
}

module logs 'modules/logs.bicep' = {
  params: {
    name: '${cityName}-logs'
    location: location
    principalId: identity.properties.principalId
  }
}

module storage 'modules/storage.bicep' = {
  params: {
    name: take('${cityName}${unique}', 24)
    location: location
    principalId: identity.properties.principalId
  }
}

module bus 'modules/serviceBus.bicep' = {
  params: {
    name: '${cityName}-bus-${unique}'
    location: location
    principalId: identity.properties.principalId
  }
}

module vault 'modules/keyVault.bicep' = {
  params: {
    name: take('${cityName}-kv-${unique}', 24)
    location: location
    principalId: identity.properties.principalId
    serviceBusName: bus.outputs.name
    vaultKey: vaultKey
    hotlineKey: hotlineKey
    staffKey: staffKey
    dutyKey: dutyKey
    teamsWebhook: teamsWebhook
  }
}

module app 'modules/functionApp.bicep' = {
  params: {
    name: '${cityName}-brain-${unique}'
    location: location
    identityName: identity.name
    storageAccountName: storage.outputs.name
    deploymentContainer: storage.outputs.deploymentContainer
    serviceBusAddress: bus.outputs.address
    keyVaultName: vault.outputs.name
    applicationInsightsName: logs.outputs.name
    useTeams: !empty(teamsWebhook)
    settings: settings
  }
}

@description('Address of the API.')
output CITY_BRAIN_API string = '${app.outputs.address}/api'

@description('The function app; the hook of azure.yaml gives it its keys.')
output AZURE_FUNCTION_NAME string = app.outputs.name

@description('The vault that holds every secret.')
output AZURE_KEY_VAULT_NAME string = vault.outputs.name

@description('Where devices send to, signed with the secret DeviceSendKey of the vault.')
output DEVICE_ADDRESS string = 'https://${bus.outputs.address}/sensor-events/messages'
