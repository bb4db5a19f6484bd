// City Brain on Azure: one function app (Flex Consumption, .NET 10 isolated) with its storage, Service Bus, Key Vault and logs.
targetScope = 'resourceGroup'

@description('Short name of the city, 3 to 11 lower-case letters and digits; part of every resource name.')
@minLength(3)
@maxLength(11)
param cityName string

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

@description('Workflows webhook of the Teams channel that gets the notices; empty: notices are read on their page.')
@secure()
param teamsWebhook string = ''

var unique = uniqueString(resourceGroup().id, cityName)

module logs 'modules/logs.bicep' = {
  name: 'logs'
  params: { name: '${cityName}-logs', location: location }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  params: { name: take('${cityName}${unique}', 24), location: location }
}

module bus 'modules/serviceBus.bicep' = {
  name: 'serviceBus'
  params: { name: '${cityName}-bus-${unique}', location: location }
}

module secrets 'modules/keyVault.bicep' = {
  name: 'keyVault'
  params: {
    name: take('${cityName}-kv-${unique}', 24)
    location: location
    storageAccountName: storage.outputs.name
    serviceBusName: bus.outputs.name
    secrets: {
      VaultKey: vaultKey
      HotlineKey: hotlineKey
      StaffKey: staffKey
      DutyKey: dutyKey
      TeamsWebhook: empty(teamsWebhook) ? 'none' : teamsWebhook
    }
  }
}

module app 'modules/functionApp.bicep' = {
  name: 'functionApp'
  params: {
    name: '${cityName}-brain-${unique}'
    location: location
    storageAccountName: storage.outputs.name
    deploymentContainer: storage.outputs.deploymentContainer
    keyVaultName: secrets.outputs.name
    applicationInsightsConnection: logs.outputs.connectionString
    useTeams: !empty(teamsWebhook)
    callerKeys: {
      hotline: hotlineKey
      staff: staffKey
      duty: dutyKey
    }
  }
}

output api string = app.outputs.address
