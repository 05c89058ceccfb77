/**
 * Google's predefined and basic roles, reduced to the permissions the model looks at; as published in August 2026. One entry per
 * role without `roles/`; `service: rest rest; service: rest`.
 */
export const PREDEFINED_ROLES: Readonly<Record<string, string>> = {
  'aiedgeportal.serviceAgent': 'storage: objects.create objects.delete objects.get',
  'aiplatform.admin': 'aiplatform: customJobs.create endpoints.delete endpoints.update',
  'aiplatform.agentSandboxServiceAgent':
    'artifactregistry: repositories.downloadArtifacts; storage: objects.create objects.delete objects.get',
  'aiplatform.batchPredictionServiceAgent':
    'bigquery: tables.getData tables.updateData; storage: buckets.delete buckets.update objects.create objects.delete objects.get',
  'aiplatform.colabServiceAgent':
    'compute: disks.createSnapshot disks.delete instances.create instances.delete instances.setMetadata instances.setServiceAccount instances.stop snapshots.create; iam: serviceAccounts.actAs; notebooks: instances.create instances.delete',
  'aiplatform.customCodeServiceAgent':
    'aiplatform: customJobs.create endpoints.delete endpoints.update; artifactregistry: repositories.downloadArtifacts; bigquery: tables.getData tables.updateData; iam: serviceAccounts.getAccessToken serviceAccounts.getOpenIdToken serviceAccounts.implicitDelegation serviceAccounts.signBlob serviceAccounts.signJwt; storage: buckets.delete objects.create objects.delete objects.get',
  'aiplatform.editor': 'aiplatform: customJobs.create endpoints.delete endpoints.update',
  'aiplatform.extensionCustomCodeServiceAgent':
    'storage: objects.create objects.delete objects.get objects.setIamPolicy',
  'aiplatform.extensionServiceAgent':
    'iam: serviceAccounts.getAccessToken serviceAccounts.getOpenIdToken; storage: objects.get',
  'aiplatform.modelMonitoringServiceAgent':
    'bigquery: tables.getData tables.updateData; storage: buckets.delete buckets.update objects.create objects.delete objects.get',
  'aiplatform.ragServiceAgent': 'bigquery: tables.getData tables.updateData; storage: objects.get',
  'aiplatform.reasoningEngineServiceAgent':
    'aiplatform: endpoints.delete endpoints.update; storage: objects.get',
  'aiplatform.serviceAgent':
    'aiplatform: customJobs.create endpoints.delete endpoints.update; artifactregistry: repositories.downloadArtifacts repositories.uploadArtifacts; bigquery: tables.getData tables.updateData; bigtable: tables.readRows; compute: disks.createSnapshot disks.delete instances.create instances.delete instances.setMetadata instances.setServiceAccount instances.stop snapshots.create; dataflow: jobs.cancel jobs.create jobs.updateContents; iam: serviceAccounts.actAs serviceAccounts.getAccessToken serviceAccounts.getOpenIdToken; notebooks: instances.create instances.delete; run: jobs.create jobs.run jobs.update services.create services.delete; storage: buckets.delete objects.create objects.delete objects.get',
  'aiplatform.tuningServiceAgent':
    'bigquery: tables.delete tables.getData tables.updateData; storage: buckets.update objects.create objects.delete objects.get',
  'aiplatform.user': 'aiplatform: customJobs.create endpoints.delete endpoints.update',
  'alloydb.admin': 'alloydb: clusters.delete clusters.export users.create users.login users.update',
  'alloydb.databaseUser': 'alloydb: users.login',
  'alloydb.editor': 'alloydb: clusters.delete clusters.export users.create users.login users.update',
  'alloydb.viewer': 'alloydb: clusters.export',
  'anthosservicemesh.serviceAgent': 'container: clusterRoleBindings.create clusters.update secrets.get',
  'apigateway.serviceAgent': 'iam: serviceAccounts.getAccessToken serviceAccounts.getOpenIdToken',
  'apigee.serviceAgent': 'iam: serviceAccounts.getAccessToken serviceAccounts.getOpenIdToken',
  'appdevelopmentexperience.serviceAgent': 'container: clusters.update',
  'appengine.admin': 'appengine: instances.enableDebug services.delete versions.create',
  'appengine.appAdmin':
    'appengine: instances.enableDebug services.delete versions.create; artifactregistry: repositories.deleteArtifacts repositories.downloadArtifacts repositories.uploadArtifacts',
  'appengine.debugger': 'appengine: instances.enableDebug',
  'appengine.deployer':
    'appengine: versions.create; artifactregistry: repositories.deleteArtifacts repositories.downloadArtifacts repositories.uploadArtifacts',
  'appengine.editor': 'appengine: instances.enableDebug services.delete versions.create',
  'appengine.serviceAdmin': 'appengine: services.delete',
  'appengine.serviceAgent':
    'artifactregistry: repositories.downloadArtifacts repositories.uploadArtifacts; datastore: entities.delete entities.get entities.update; iam: serviceAccounts.getAccessToken serviceAccounts.getOpenIdToken serviceAccounts.signBlob',
  'appengineflex.serviceAgent':
    'artifactregistry: repositories.downloadArtifacts repositories.uploadArtifacts; cloudbuild: builds.create; compute: instanceGroupManagers.create instanceTemplates.create instances.create instances.delete instances.setMetadata instances.stop projects.setCommonInstanceMetadata; deploymentmanager: deployments.create; iam: serviceAccounts.actAs serviceAccounts.getAccessToken serviceAccounts.signBlob serviceAccounts.signJwt; resourcemanager: projects.setIamPolicy; storage: buckets.delete buckets.setIamPolicy buckets.update objects.create objects.delete objects.get',
  'apphub.appManagementViewer': 'storage: objects.get',
  'artifactregistry.admin':
    'artifactregistry: repositories.deleteArtifacts repositories.downloadArtifacts repositories.setIamPolicy repositories.uploadArtifacts',
  'artifactregistry.containerRegistryMigrationAdmin':
    'artifactregistry: repositories.downloadArtifacts repositories.setIamPolicy repositories.uploadArtifacts; storage: objects.get',
  'artifactregistry.createOnPushRepoAdmin':
    'artifactregistry: repositories.deleteArtifacts repositories.downloadArtifacts repositories.uploadArtifacts',
  'artifactregistry.createOnPushWriter':
    'artifactregistry: repositories.downloadArtifacts repositories.uploadArtifacts',
  'artifactregistry.editor':
    'artifactregistry: repositories.deleteArtifacts repositories.downloadArtifacts repositories.uploadArtifacts',
  'artifactregistry.reader': 'artifactregistry: repositories.downloadArtifacts',
  'artifactregistry.repoAdmin':
    'artifactregistry: repositories.deleteArtifacts repositories.downloadArtifacts repositories.uploadArtifacts',
  'artifactregistry.serviceAgent': 'artifactregistry: repositories.downloadArtifacts; pubsub: topics.publish',
  'artifactregistry.viewer': 'artifactregistry: repositories.downloadArtifacts',
  'artifactregistry.writer': 'artifactregistry: repositories.downloadArtifacts repositories.uploadArtifacts',
  'assuredoss.admin':
    'artifactregistry: repositories.downloadArtifacts; iam: serviceAccountKeys.create; pubsub: subscriptions.create',
  'assuredoss.projectAdmin': 'artifactregistry: repositories.downloadArtifacts',
  'assuredoss.reader': 'artifactregistry: repositories.downloadArtifacts',
  'assuredoss.user': 'artifactregistry: repositories.downloadArtifacts',
  'automl.serviceAgent':
    'bigquery: tables.getData tables.updateData; bigtable: tables.readRows; storage: objects.create objects.delete objects.get',
  'automlrecommendations.serviceAgent':
    'bigquery: tables.getData tables.updateData; dataflow: jobs.cancel jobs.create jobs.updateContents; storage: objects.create objects.delete objects.get',
  'backupdr.cloudStorageOperator': 'storage: objects.create objects.delete objects.get',
  'backupdr.computeEngineOperator':
    'compute: disks.createSnapshot disks.delete instances.create instances.delete instances.setMetadata instances.setServiceAccount instances.stop snapshots.create; iam: serviceAccounts.actAs',
  'backupdr.diskOperator': 'compute: disks.createSnapshot',
  'backupdr.filestoreOperator': 'file: backups.create',
  'backupdr.serviceAgent':
    'compute: disks.createSnapshot disks.delete instances.create instances.delete instances.setMetadata instances.setServiceAccount instances.stop snapshots.create; file: backups.create; iam: serviceAccounts.actAs',
  'baremetalsolution.admin':
    'baremetalsolution: instances.enableInteractiveSerialConsole instances.stop instances.update',
  'baremetalsolution.editor':
    'baremetalsolution: instances.enableInteractiveSerialConsole instances.stop instances.update',
  'baremetalsolution.instancesadmin':
    'baremetalsolution: instances.enableInteractiveSerialConsole instances.stop instances.update',
  'batch.admin': 'batch: jobs.create',
  'batch.jobsAdmin': 'batch: jobs.create',
  'batch.jobsEditor': 'batch: jobs.create',
  'batch.serviceAgent':
    'compute: disks.createSnapshot disks.delete instanceGroupManagers.create instanceTemplates.create instances.create instances.delete instances.osAdminLogin instances.osLogin instances.setMetadata instances.setServiceAccount instances.stop projects.setCommonInstanceMetadata snapshots.create; iam: serviceAccounts.actAs; pubsub: topics.publish',
  'bigquery.admin':
    'bigquery: datasets.delete datasets.setIamPolicy datasets.update tables.delete tables.getData tables.updateData',
  'bigquery.connectedSheetsServiceAgent': 'bigquery: tables.updateData',
  'bigquery.dataEditor': 'bigquery: tables.delete tables.getData tables.updateData',
  'bigquery.dataOwner':
    'bigquery: datasets.delete datasets.setIamPolicy datasets.update tables.delete tables.getData tables.updateData',
  'bigquery.dataViewer': 'bigquery: tables.getData',
  'bigquery.routineAdmin': 'bigquery: tables.delete tables.getData tables.updateData',
  'bigquery.routineDataEditor': 'bigquery: tables.delete tables.getData tables.updateData',
  'bigquery.routineDataViewer': 'bigquery: tables.getData',
  'bigquery.securityAdmin': 'bigquery: datasets.setIamPolicy datasets.update',
  'bigquery.studioAdmin':
    'bigquery: datasets.delete datasets.setIamPolicy datasets.update tables.delete tables.getData tables.updateData; dataproc: batches.create',
  'bigquery.studioUser': 'dataproc: batches.create',
  'bigquerycontinuousquery.serviceAgent': 'iam: serviceAccounts.getAccessToken',
  'bigquerydatatransfer.serviceAgent': 'iam: serviceAccounts.getAccessToken',
  'bigquerymigration.worker': 'storage: objects.create objects.get',
  'bigqueryomni.serviceAgent': 'bigquery: tables.updateData',
  'bigqueryspark.serviceAgent': 'iam: serviceAccounts.getAccessToken',
  'bigtable.admin':
    'bigtable: instances.delete instances.setIamPolicy tables.delete tables.mutateRows tables.readRows',
  'bigtable.editor': 'bigtable: instances.delete tables.delete tables.mutateRows tables.readRows',
  'bigtable.reader': 'bigtable: tables.readRows',
  'bigtable.user': 'bigtable: tables.mutateRows tables.readRows',
  'binaryauthorization.serviceAgent': 'artifactregistry: repositories.downloadArtifacts',
  'ces.serviceAgent':
    'bigquery: tables.getData tables.updateData; run: jobs.run; storage: objects.create objects.delete objects.get',
  'chronicle.serviceAgent':
    'bigquery: tables.delete tables.updateData; storage: buckets.setIamPolicy objects.create objects.delete objects.get',
  'chronicle.soarServiceAgent': 'compute: instances.stop; storage: buckets.update',
  'cloudasset.serviceAgent':
    'bigquery: tables.delete tables.updateData; pubsub: topics.publish; storage: objects.create objects.delete objects.get',
  'cloudbuild.admin': 'cloudbuild: builds.create',
  'cloudbuild.builds.builder':
    'artifactregistry: repositories.deleteArtifacts repositories.downloadArtifacts repositories.uploadArtifacts; cloudbuild: builds.create; pubsub: topics.publish; storage: objects.create objects.delete objects.get',
  'cloudbuild.builds.editor': 'cloudbuild: builds.create',
  'cloudbuild.editor': 'cloudbuild: builds.create',
  'cloudbuild.serviceAgent':
    'artifactregistry: repositories.deleteArtifacts repositories.downloadArtifacts repositories.uploadArtifacts; cloudbuild: builds.create; iam: serviceAccounts.getAccessToken serviceAccounts.getOpenIdToken; pubsub: subscriptions.create topics.attachSubscription topics.publish; storage: objects.create objects.delete objects.get',
  'cloudconfig.serviceAgent':
    'cloudbuild: builds.create; iam: serviceAccounts.actAs serviceAccounts.getAccessToken; storage: buckets.delete buckets.update objects.create objects.delete objects.get',
  'clouddeploy.jobRunner': 'storage: objects.create objects.get',
  'clouddeploy.serviceAgent':
    'cloudbuild: builds.create; iam: serviceAccounts.actAs serviceAccounts.getAccessToken; pubsub: topics.publish; storage: objects.get',
  'clouddeploymentmanager.serviceAgent':
    'appengine: versions.create; bigquery: datasets.delete datasets.update tables.delete tables.getData tables.updateData; bigtable: instances.delete tables.delete; cloudbuild: builds.create; cloudfunctions: functions.create functions.delete functions.update; cloudscheduler: jobs.create; cloudsql: instances.delete instances.import instances.restart users.create; compute: disks.delete instanceGroupManagers.create instanceTemplates.create instances.create instances.delete instances.setMetadata instances.setServiceAccount instances.stop; container: clusterRoleBindings.create clusters.create clusters.delete clusters.getCredentials clusters.update secrets.get; dataproc: clusters.create clusters.delete; deploymentmanager: deployments.create; file: instances.create instances.delete instances.update; iam: roles.update serviceAccounts.actAs; pubsub: subscriptions.create topics.attachSubscription topics.delete topics.publish; redis: instances.delete instances.updateAuth; spanner: databases.drop instances.delete; storage: buckets.delete buckets.update hmacKeys.create objects.create objects.delete objects.get; workflows: workflows.create workflows.delete',
  'cloudfunctions.admin':
    'artifactregistry: repositories.downloadArtifacts; cloudfunctions: functions.create functions.delete functions.setIamPolicy functions.update; eventarc: triggers.create; run: jobs.create jobs.run jobs.runWithOverrides jobs.update services.create services.delete services.setIamPolicy services.update',
  'cloudfunctions.developer':
    'artifactregistry: repositories.downloadArtifacts; cloudfunctions: functions.create functions.delete functions.update; eventarc: triggers.create; run: jobs.create jobs.run jobs.runWithOverrides jobs.update services.create services.delete services.update',
  'cloudfunctions.editor':
    'artifactregistry: repositories.downloadArtifacts; cloudfunctions: functions.create functions.delete functions.update; eventarc: triggers.create; run: jobs.create jobs.run jobs.runWithOverrides jobs.update services.create services.delete services.update',
  'cloudfunctions.serviceAgent':
    'artifactregistry: repositories.deleteArtifacts repositories.downloadArtifacts repositories.setIamPolicy repositories.uploadArtifacts; cloudbuild: builds.create; eventarc: triggers.create; iam: serviceAccounts.actAs serviceAccounts.getAccessToken serviceAccounts.getOpenIdToken serviceAccounts.signBlob; pubsub: subscriptions.consume subscriptions.create topics.attachSubscription; run: jobs.create jobs.run jobs.runWithOverrides jobs.update services.create services.delete services.update; storage: buckets.delete buckets.update objects.create objects.delete objects.get',
  'cloudhub.operator': 'storage: objects.get',
  'cloudiot.serviceAgent': 'pubsub: topics.publish',
  'cloudkms.admin':
    'cloudkms: cryptoKeyVersions.destroy cryptoKeyVersions.update cryptoKeys.setIamPolicy keyRings.setIamPolicy',
  'cloudkms.cryptoKeyDecrypter': 'cloudkms: cryptoKeyVersions.useToDecrypt',
  'cloudkms.cryptoKeyEncrypterDecrypter': 'cloudkms: cryptoKeyVersions.useToDecrypt',
  'cloudkms.cryptoOperator': 'cloudkms: cryptoKeyVersions.useToDecrypt cryptoKeyVersions.useToSign',
  'cloudkms.serviceAgent': 'cloudkms: cryptoKeys.setIamPolicy',
  'cloudkms.signer': 'cloudkms: cryptoKeyVersions.useToSign',
  'cloudkms.signerVerifier': 'cloudkms: cryptoKeyVersions.useToSign',
  'cloudkmskacls.serviceAgent': 'cloudkms: cryptoKeyVersions.useToDecrypt',
  'cloudmigration.inframanager':
    'compute: disks.createSnapshot disks.delete instances.create instances.delete instances.setMetadata instances.setServiceAccount instances.stop snapshots.create; storage: buckets.delete buckets.update',
  'cloudmigration.storageaccess': 'storage: objects.create objects.delete objects.get',
  'cloudoptimization.serviceAgent': 'storage: objects.create objects.delete objects.get',
  'cloudscheduler.admin': 'cloudscheduler: jobs.create',
  'cloudscheduler.serviceAgent':
    'iam: serviceAccounts.getAccessToken serviceAccounts.getOpenIdToken; pubsub: topics.publish',
  'cloudsql.admin':
    'cloudsql: instances.clone instances.delete instances.executeSql instances.export instances.import instances.login instances.restart instances.restoreBackup users.create users.update',
  'cloudsql.editor': 'cloudsql: instances.export instances.restart',
  'cloudsql.instanceUser': 'cloudsql: instances.executeSql instances.login',
  'cloudsql.studioUser': 'cloudsql: instances.executeSql instances.login',
  'cloudsql.viewer': 'cloudsql: instances.export',
  'cloudtasks.admin': 'cloudtasks: queues.purge queues.setIamPolicy tasks.create tasks.get',
  'cloudtasks.editor': 'cloudtasks: queues.purge tasks.create tasks.get',
  'cloudtasks.enqueuer': 'cloudtasks: tasks.create',
  'cloudtasks.queueAdmin': 'cloudtasks: queues.purge queues.setIamPolicy',
  'cloudtasks.serviceAgent': 'iam: serviceAccounts.getAccessToken serviceAccounts.getOpenIdToken',
  'cloudtasks.viewer': 'cloudtasks: tasks.get',
  'cloudtestservice.testAdmin': 'storage: buckets.update objects.create objects.delete objects.get',
  'cloudtestservice.testViewer': 'storage: objects.get',
  'cloudtpu.serviceAgent':
    'compute: disks.createSnapshot disks.delete instanceGroupManagers.create instanceTemplates.create instances.create instances.delete instances.osAdminLogin instances.osLogin instances.setIamPolicy instances.setMetadata instances.setServiceAccount instances.stop projects.setCommonInstanceMetadata snapshots.create; iam: serviceAccounts.actAs; pubsub: subscriptions.consume subscriptions.create topics.attachSubscription topics.delete topics.publish topics.setIamPolicy',
  'cloudtranslate.serviceAgent': 'storage: objects.create objects.get',
  'commercebusinessenablement.admin': 'bigquery: datasets.update',
  'compliancescanning.serviceAgent': 'artifactregistry: repositories.downloadArtifacts; storage: objects.get',
  'composer.ServiceAgentV2Ext': 'iam: serviceAccounts.setIamPolicy',
  'composer.admin':
    'composer: environments.create environments.delete environments.executeAirflowCommand environments.update',
  'composer.editor':
    'composer: environments.create environments.delete environments.executeAirflowCommand environments.update',
  'composer.environmentAndStorageObjectAdmin':
    'composer: environments.create environments.delete environments.executeAirflowCommand environments.update; storage: objects.create objects.delete objects.get objects.setIamPolicy',
  'composer.environmentAndStorageObjectUser': 'storage: objects.get',
  'composer.environmentAndStorageObjectViewer': 'storage: objects.get',
  'composer.serviceAgent':
    'appengine: instances.enableDebug services.delete versions.create; artifactregistry: repositories.deleteArtifacts repositories.downloadArtifacts repositories.uploadArtifacts; cloudsql: instances.clone instances.delete instances.executeSql instances.export instances.import instances.login instances.restart instances.restoreBackup users.create users.update; compute: disks.createSnapshot disks.delete instanceGroupManagers.create instanceTemplates.create instances.create instances.delete instances.osAdminLogin instances.osLogin instances.setIamPolicy instances.setMetadata instances.setServiceAccount instances.stop projects.setCommonInstanceMetadata snapshots.create; container: clusterRoleBindings.create clusters.create clusters.delete clusters.getCredentials clusters.update pods.create pods.exec secrets.get; deploymentmanager: deployments.create; iam: serviceAccounts.actAs serviceAccounts.getAccessToken serviceAccounts.getOpenIdToken; pubsub: subscriptions.consume subscriptions.create topics.attachSubscription topics.delete topics.publish topics.setIamPolicy; storage: buckets.delete buckets.setIamPolicy buckets.update objects.create objects.delete objects.get objects.setIamPolicy',
  'composer.worker':
    'artifactregistry: repositories.deleteArtifacts repositories.downloadArtifacts repositories.setIamPolicy repositories.uploadArtifacts; cloudbuild: builds.create; container: clusterRoleBindings.create clusters.create clusters.delete clusters.getCredentials clusters.update pods.create pods.exec secrets.get; pubsub: subscriptions.consume subscriptions.create topics.attachSubscription topics.delete topics.publish; storage: objects.create objects.delete objects.get objects.setIamPolicy',
  'compute.admin':
    'compute: disks.createSnapshot disks.delete instanceGroupManagers.create instanceTemplates.create instances.create instances.delete instances.osAdminLogin instances.osLogin instances.setIamPolicy instances.setMetadata instances.setServiceAccount instances.stop projects.setCommonInstanceMetadata snapshots.create',
  'compute.editor':
    'compute: disks.createSnapshot disks.delete instanceGroupManagers.create instanceTemplates.create instances.create instances.delete instances.osAdminLogin instances.osLogin instances.setMetadata instances.setServiceAccount instances.stop projects.setCommonInstanceMetadata snapshots.create',
  'compute.instanceAdmin':
    'compute: disks.createSnapshot disks.delete instanceGroupManagers.create instanceTemplates.create instances.create instances.delete instances.osAdminLogin instances.osLogin instances.setIamPolicy instances.setMetadata instances.setServiceAccount instances.stop',
  'compute.instanceAdmin.v1':
    'compute: disks.createSnapshot disks.delete instanceGroupManagers.create instanceTemplates.create instances.create instances.delete instances.osAdminLogin instances.osLogin instances.setIamPolicy instances.setMetadata instances.setServiceAccount instances.stop projects.setCommonInstanceMetadata snapshots.create',
  'compute.instanceGroupManagerServiceAgent':
    'compute: disks.createSnapshot disks.delete instances.create instances.delete instances.osAdminLogin instances.osLogin instances.setMetadata instances.setServiceAccount instances.stop; iam: serviceAccounts.actAs',
  'compute.osAdminLogin': 'compute: instances.osAdminLogin instances.osLogin',
  'compute.osLogin': 'compute: instances.osLogin',
  'compute.serviceAgent':
    'compute: disks.delete instances.create instances.delete instances.setMetadata instances.setServiceAccount instances.stop; iam: serviceAccounts.actAs serviceAccounts.getAccessToken serviceAccounts.getOpenIdToken serviceAccounts.implicitDelegation serviceAccounts.signJwt; storage: objects.create objects.get',
  'compute.storageAdmin': 'compute: disks.createSnapshot disks.delete snapshots.create',
  'config.agent': 'storage: buckets.delete buckets.update objects.create objects.delete objects.get',
  'configdelivery.serviceAgent':
    'artifactregistry: repositories.downloadArtifacts repositories.setIamPolicy repositories.uploadArtifacts; cloudbuild: builds.create; iam: serviceAccounts.actAs',
  'connectors.serviceAgent':
    'iam: serviceAccounts.getAccessToken serviceAccounts.getOpenIdToken serviceAccounts.implicitDelegation',
  'contactcenterinsights.serviceAgent':
    'bigquery: tables.updateData; pubsub: topics.publish; storage: objects.create objects.get',
  'container.admin':
    'container: clusterRoleBindings.create clusters.create clusters.delete clusters.getCredentials clusters.update pods.create pods.exec secrets.get',
  'container.cloudKmsKeyUser': 'cloudkms: cryptoKeyVersions.useToSign',
  'container.clusterAdmin': 'container: clusters.create clusters.delete clusters.update',
  'container.developer': 'container: pods.create pods.exec secrets.get',
  'container.editor':
    'container: clusters.create clusters.delete clusters.getCredentials clusters.update pods.create pods.exec secrets.get',
  'container.nodeServiceAccount': 'storage: objects.get',
  'container.nodeServiceAgent': 'storage: objects.get',
  'container.serviceAgent':
    'bigquery: tables.updateData; compute: disks.createSnapshot disks.delete instanceGroupManagers.create instanceTemplates.create instances.create instances.delete instances.osAdminLogin instances.osLogin instances.setIamPolicy instances.setMetadata instances.setServiceAccount instances.stop projects.setCommonInstanceMetadata snapshots.create; container: clusterRoleBindings.create clusters.create clusters.delete clusters.getCredentials clusters.update pods.create pods.exec secrets.get; file: backups.create instances.create instances.delete instances.update; iam: serviceAccounts.actAs; pubsub: topics.publish',
  'containeranalysis.ServiceAgent':
    'artifactregistry: repositories.downloadArtifacts; pubsub: subscriptions.consume subscriptions.create topics.attachSubscription topics.delete topics.publish; storage: objects.get',
  'containerregistry.ServiceAgent': 'pubsub: topics.publish; storage: objects.get',
  'containerscanning.ServiceAgent': 'artifactregistry: repositories.downloadArtifacts; storage: objects.get',
  'containerthreatdetection.serviceAgent': 'container: clusterRoleBindings.create pods.create pods.exec',
  'contentwarehouse.serviceAgent':
    'pubsub: topics.publish; storage: objects.create objects.delete objects.get',
  'dataflow.admin':
    'cloudbuild: builds.create; dataflow: jobs.cancel jobs.create jobs.updateContents; storage: objects.create objects.get',
  'dataflow.developer': 'cloudbuild: builds.create; dataflow: jobs.cancel jobs.create jobs.updateContents',
  'dataflow.serviceAgent':
    'bigquery: datasets.delete datasets.setIamPolicy datasets.update tables.delete tables.getData tables.updateData; compute: disks.createSnapshot disks.delete instanceGroupManagers.create instanceTemplates.create instances.create instances.delete instances.osAdminLogin instances.osLogin instances.setIamPolicy instances.setMetadata instances.setServiceAccount instances.stop snapshots.create; dataflow: jobs.cancel jobs.create jobs.updateContents; iam: serviceAccounts.actAs serviceAccounts.getAccessToken serviceAccounts.implicitDelegation serviceAccounts.signBlob serviceAccounts.signJwt; pubsub: subscriptions.consume subscriptions.create topics.attachSubscription topics.delete topics.publish topics.setIamPolicy; storage: buckets.delete buckets.setIamPolicy buckets.update objects.create objects.delete objects.get objects.setIamPolicy',
  'dataflow.worker': 'compute: instances.delete; storage: objects.create objects.get',
  'datafusion.admin': 'datafusion: instances.create instances.delete instances.setIamPolicy instances.update',
  'datafusion.serviceAgent':
    'bigquery: datasets.delete datasets.setIamPolicy datasets.update tables.delete tables.getData tables.updateData; bigtable: instances.delete instances.setIamPolicy tables.delete tables.mutateRows tables.readRows; dataproc: batches.create clusters.create clusters.delete clusters.update clusters.use jobs.create; spanner: databases.read databases.select databases.write; storage: buckets.delete buckets.setIamPolicy buckets.update objects.create objects.delete objects.get objects.setIamPolicy',
  'datalabeling.serviceAgent': 'bigquery: tables.getData; storage: objects.create objects.delete objects.get',
  'datamigration.serviceAgent':
    'alloydb: clusters.delete users.login; cloudsql: instances.delete instances.executeSql instances.export instances.import instances.login instances.restart instances.restoreBackup; storage: objects.get',
  'datapipelines.serviceAgent':
    'cloudbuild: builds.create; cloudscheduler: jobs.create; dataflow: jobs.cancel jobs.create jobs.updateContents; iam: serviceAccounts.actAs; storage: buckets.delete buckets.setIamPolicy buckets.update objects.create objects.delete objects.get objects.setIamPolicy',
  'dataplex.discoveryServiceAgent': 'storage: objects.get',
  'dataplex.serviceAgent':
    'bigquery: datasets.delete datasets.setIamPolicy datasets.update tables.delete tables.getData tables.updateData; dataproc: batches.create; iam: serviceAccounts.actAs; storage: buckets.delete buckets.setIamPolicy buckets.update objects.create objects.delete objects.get objects.setIamPolicy',
  'dataplex.storageDataOwner':
    'bigquery: tables.delete tables.getData tables.updateData; storage: objects.create objects.delete objects.get',
  'dataplex.storageDataReader': 'bigquery: tables.getData; storage: objects.get',
  'dataplex.storageDataWriter': 'bigquery: tables.updateData; storage: objects.create objects.delete',
  'dataprep.serviceAgent':
    'bigquery: tables.delete tables.getData tables.updateData; cloudbuild: builds.create; dataflow: jobs.cancel jobs.create jobs.updateContents; iam: serviceAccounts.actAs; storage: objects.create objects.delete objects.get objects.setIamPolicy',
  'dataproc.admin':
    'dataproc: batches.create clusters.create clusters.delete clusters.setIamPolicy clusters.update clusters.use jobs.create',
  'dataproc.editor':
    'dataproc: batches.create clusters.create clusters.delete clusters.update clusters.use jobs.create',
  'dataproc.hubAgent':
    'compute: instances.setMetadata; dataproc: clusters.create clusters.delete clusters.update; iam: serviceAccounts.actAs; storage: objects.get',
  'dataproc.serverlessEditor': 'dataproc: batches.create',
  'dataproc.serviceAgent':
    'compute: disks.createSnapshot disks.delete instanceGroupManagers.create instanceTemplates.create instances.create instances.delete instances.osAdminLogin instances.osLogin instances.setIamPolicy instances.setMetadata instances.setServiceAccount instances.stop; container: clusterRoleBindings.create clusters.update; dataproc: clusters.create clusters.delete clusters.setIamPolicy clusters.update clusters.use jobs.create; iam: serviceAccounts.actAs serviceAccounts.getAccessToken; storage: buckets.delete buckets.setIamPolicy buckets.update objects.create objects.delete objects.get objects.setIamPolicy',
  'dataproc.worker': 'storage: objects.create objects.delete objects.get objects.setIamPolicy',
  'datastore.admin': 'datastore: entities.delete entities.get entities.update',
  'datastore.editor': 'datastore: entities.delete entities.get entities.update',
  'datastore.owner': 'datastore: entities.delete entities.get entities.update',
  'datastore.user': 'datastore: entities.delete entities.get entities.update',
  'datastore.viewer': 'datastore: entities.get',
  'datastream.bigqueryWriter': 'bigquery: tables.getData tables.updateData',
  'datastream.serviceAgent':
    'bigquery: tables.getData tables.updateData; pubsub: topics.publish; spanner: databases.read databases.select; storage: objects.create objects.get',
  'datastudio.managedStorageServiceAgent':
    'bigquery: tables.delete tables.getData tables.updateData; storage: objects.create objects.delete objects.get',
  'deploymentmanager.admin': 'deploymentmanager: deployments.create',
  'deploymentmanager.editor': 'deploymentmanager: deployments.create',
  'designcenter.admin': 'storage: objects.create objects.delete objects.get',
  'designcenter.editor': 'storage: objects.get',
  'designcenter.serviceAgent':
    'cloudbuild: builds.create; storage: buckets.delete buckets.update objects.create objects.delete objects.get',
  'designcenter.user': 'storage: objects.create objects.delete objects.get',
  'designcenter.viewer': 'storage: objects.get',
  'dialogflow.serviceAgent':
    'bigquery: tables.getData tables.updateData; pubsub: subscriptions.consume topics.attachSubscription topics.publish; run: jobs.run; storage: objects.create objects.delete objects.get',
  'discoveryengine.serviceAgent':
    'alloydb: clusters.export; bigquery: tables.getData tables.updateData; bigtable: tables.readRows; cloudsql: instances.export; spanner: databases.select; storage: buckets.setIamPolicy objects.create objects.delete objects.get',
  'dlp.orgdriver':
    'alloydb: clusters.export users.login; bigquery: tables.delete tables.getData tables.updateData; cloudsql: instances.executeSql instances.login; storage: objects.get',
  'dlp.projectdriver':
    'alloydb: clusters.export users.login; bigquery: tables.delete tables.getData tables.updateData; cloudsql: instances.executeSql instances.login; storage: objects.get',
  'dlp.serviceAgent':
    'bigquery: datasets.delete datasets.setIamPolicy datasets.update tables.delete tables.getData tables.updateData; cloudkms: cryptoKeyVersions.useToDecrypt; datastore: entities.delete entities.get entities.update; pubsub: subscriptions.consume subscriptions.create topics.attachSubscription topics.delete topics.publish topics.setIamPolicy; storage: buckets.delete buckets.setIamPolicy buckets.update objects.create objects.delete objects.get objects.setIamPolicy',
  'documentaicore.serviceAgent': 'storage: objects.create objects.delete objects.get',
  'dspm.serviceAgent': 'bigquery: tables.getData',
  'earthengine.appsPublisher': 'iam: serviceAccounts.setIamPolicy',
  'edgecontainer.clusterServiceAgent': 'storage: buckets.update objects.create objects.delete objects.get',
  editor:
    'aiplatform: customJobs.create endpoints.delete endpoints.update; alloydb: clusters.delete clusters.export users.create users.login users.update; appengine: instances.enableDebug services.delete versions.create; artifactregistry: repositories.deleteArtifacts repositories.downloadArtifacts repositories.uploadArtifacts; baremetalsolution: instances.enableInteractiveSerialConsole instances.stop instances.update; batch: jobs.create; bigtable: instances.delete tables.delete tables.mutateRows tables.readRows; cloudbuild: builds.create; cloudfunctions: functions.create functions.delete functions.update; cloudkms: cryptoKeyVersions.update; cloudscheduler: jobs.create; cloudsql: instances.clone instances.delete instances.executeSql instances.export instances.import instances.login instances.restart instances.restoreBackup users.create users.update; cloudtasks: queues.purge tasks.create tasks.get; composer: environments.create environments.delete environments.executeAirflowCommand environments.update; compute: disks.createSnapshot disks.delete instanceGroupManagers.create instanceTemplates.create instances.create instances.delete instances.osAdminLogin instances.osLogin instances.setMetadata instances.setServiceAccount instances.stop projects.setCommonInstanceMetadata snapshots.create; container: clusters.create clusters.delete clusters.getCredentials clusters.update pods.create pods.exec secrets.get; dataflow: jobs.cancel jobs.create jobs.updateContents; datafusion: instances.create instances.delete instances.update; dataproc: batches.create clusters.create clusters.delete clusters.update clusters.use jobs.create; datastore: entities.delete entities.get entities.update; deploymentmanager: deployments.create; eventarc: triggers.create; file: backups.create instances.create instances.delete instances.update; healthcare: datasets.delete dicomStores.dicomWebRead fhirResources.delete fhirResources.get fhirResources.update hl7V2Messages.get; iam: serviceAccountKeys.create serviceAccounts.actAs; memcache: instances.delete instances.update; metastore: services.delete services.export; netapp: volumes.delete volumes.update; notebooks: instances.create instances.delete instances.update instances.use; pubsub: subscriptions.consume subscriptions.create topics.attachSubscription topics.delete topics.publish; redis: clusters.connect clusters.delete instances.delete instances.export instances.getAuthString instances.updateAuth; run: jobs.create jobs.run jobs.runWithOverrides jobs.update services.create services.delete services.update; secretmanager: secrets.delete versions.add versions.destroy; spanner: databases.drop databases.read databases.select databases.write instances.delete; storage: buckets.delete hmacKeys.create; vmwareengine: privateClouds.delete privateClouds.resetVcenterCredentials privateClouds.showVcenterCredentials; workflows: workflows.create workflows.delete workflows.update',
  'enterpriseknowledgegraph.serviceAgent': 'bigquery: tables.getData tables.updateData; storage: objects.get',
  'eventarc.admin': 'eventarc: triggers.create',
  'eventarc.developer': 'eventarc: triggers.create',
  'eventarc.editor': 'eventarc: triggers.create',
  'eventarc.serviceAgent':
    'iam: serviceAccounts.actAs serviceAccounts.getAccessToken serviceAccounts.getOpenIdToken; pubsub: subscriptions.consume subscriptions.create topics.attachSubscription topics.delete topics.publish; storage: buckets.update',
  'file.admin': 'file: backups.create instances.create instances.delete instances.update',
  'file.editor': 'file: backups.create instances.create instances.delete instances.update',
  'firebase.admin':
    'artifactregistry: repositories.downloadArtifacts; cloudfunctions: functions.create functions.delete functions.setIamPolicy functions.update; datastore: entities.delete entities.get entities.update; eventarc: triggers.create; run: jobs.create jobs.run jobs.runWithOverrides jobs.update services.create services.delete services.setIamPolicy services.update; storage: buckets.delete buckets.setIamPolicy buckets.update objects.create objects.delete objects.get objects.setIamPolicy',
  'firebase.developAdmin':
    'artifactregistry: repositories.downloadArtifacts; cloudfunctions: functions.create functions.delete functions.setIamPolicy functions.update; datastore: entities.delete entities.get entities.update; eventarc: triggers.create; run: jobs.create jobs.run jobs.runWithOverrides jobs.update services.create services.delete services.setIamPolicy services.update; storage: buckets.delete buckets.setIamPolicy buckets.update objects.create objects.delete objects.get objects.setIamPolicy',
  'firebase.developViewer': 'datastore: entities.get; storage: objects.get',
  'firebase.editor': 'datastore: entities.get; storage: objects.get',
  'firebase.managementServiceAgent':
    'bigquery: datasets.setIamPolicy datasets.update; resourcemanager: projects.setIamPolicy; storage: buckets.setIamPolicy buckets.update',
  'firebase.sdkAdminServiceAgent':
    'datastore: entities.delete entities.get entities.update; storage: buckets.delete buckets.update objects.create objects.delete objects.get objects.setIamPolicy',
  'firebase.viewer': 'datastore: entities.get; storage: objects.get',
  'firebaseapphosting.computeRunner':
    'artifactregistry: repositories.downloadArtifacts repositories.uploadArtifacts; storage: objects.create objects.delete objects.get',
  'firebaseapphosting.serviceAgent':
    'artifactregistry: repositories.deleteArtifacts repositories.downloadArtifacts; cloudbuild: builds.create; iam: serviceAccounts.actAs; run: services.create services.delete services.update',
  'firebasecrashlytics.serviceAgent': 'bigquery: tables.getData tables.updateData',
  'firebasedatabase.serviceAgent': 'pubsub: topics.publish',
  'firebasedataconnect.serviceAgent': 'cloudsql: instances.login users.create',
  'firebasemods.serviceAgent':
    'cloudfunctions: functions.setIamPolicy; cloudtasks: queues.purge queues.setIamPolicy tasks.create; deploymentmanager: deployments.create; iam: serviceAccounts.actAs; run: services.setIamPolicy',
  'firebaserules.firestoreServiceAgent': 'datastore: entities.get',
  'firebaserules.system':
    'datastore: entities.delete entities.get entities.update; pubsub: topics.publish; storage: objects.create objects.delete objects.get',
  'firebasestorage.serviceAgent': 'storage: objects.create objects.delete objects.get',
  'firebasetelemetry.serviceAgent': 'storage: objects.get',
  'firestore.serviceAgent': 'storage: objects.create objects.delete objects.get',
  'fleetengine.serviceAgent': 'bigquery: tables.getData',
  'gameservices.serviceAgent':
    'container: clusterRoleBindings.create clusters.create clusters.delete clusters.update pods.create pods.exec secrets.get; iam: serviceAccounts.actAs',
  'geminicloudassist.admin': 'storage: objects.get',
  'geminicloudassist.editor': 'storage: objects.get',
  'geminicloudassist.user': 'storage: objects.get',
  'geminicloudassist.viewer': 'storage: objects.get',
  'generativelanguage.serviceAgent': 'storage: objects.get',
  'genomics.serviceAgent':
    'compute: disks.createSnapshot disks.delete instanceGroupManagers.create instanceTemplates.create instances.create instances.delete instances.osAdminLogin instances.osLogin instances.setIamPolicy instances.setMetadata instances.setServiceAccount instances.stop projects.setCommonInstanceMetadata snapshots.create; iam: serviceAccounts.actAs; pubsub: topics.publish',
  'gkebackup.serviceAgent':
    'compute: disks.createSnapshot; container: clusters.update pods.create pods.exec secrets.get',
  'gkehub.crossProjectServiceAgent': 'resourcemanager: projects.setIamPolicy',
  'gkehub.serviceAgent': 'container: clusterRoleBindings.create clusters.update',
  'gkemulticloud.controlPlaneMachineServiceAgent': 'artifactregistry: repositories.downloadArtifacts',
  'gkemulticloud.nodePoolMachineServiceAgent': 'artifactregistry: repositories.downloadArtifacts',
  'healthcare.datasetAdmin': 'healthcare: datasets.delete datasets.setIamPolicy',
  'healthcare.dicomEditor': 'healthcare: dicomStores.dicomWebRead',
  'healthcare.dicomViewer': 'healthcare: dicomStores.dicomWebRead',
  'healthcare.fhirResourceEditor': 'healthcare: fhirResources.delete fhirResources.get fhirResources.update',
  'healthcare.fhirResourceReader': 'healthcare: fhirResources.get',
  'healthcare.hl7V2Consumer': 'healthcare: hl7V2Messages.get',
  'healthcare.hl7V2Editor': 'healthcare: hl7V2Messages.get',
  'healthcare.serviceAgent': 'pubsub: subscriptions.consume topics.attachSubscription topics.publish',
  'hypercomputecluster.serviceAgent':
    'compute: disks.delete instanceGroupManagers.create instanceTemplates.create instances.create instances.delete instances.setMetadata instances.setServiceAccount; container: clusters.create clusters.delete clusters.update; file: instances.create instances.delete instances.update; iam: serviceAccounts.actAs serviceAccounts.getAccessToken; storage: buckets.delete buckets.setIamPolicy buckets.update objects.create objects.delete objects.get',
  'iam.admin':
    'iam: roles.update serviceAccountKeys.create serviceAccounts.actAs serviceAccounts.setIamPolicy',
  'iam.dataScientist':
    'aiplatform: customJobs.create endpoints.delete endpoints.update; alloydb: clusters.export users.login; artifactregistry: repositories.downloadArtifacts; bigquery: tables.delete tables.getData tables.updateData; bigtable: tables.readRows; cloudfunctions: functions.create functions.delete functions.update; cloudkms: cryptoKeyVersions.useToDecrypt; cloudsql: instances.executeSql instances.login; dataproc: batches.create jobs.create; datastore: entities.get; eventarc: triggers.create; iam: serviceAccounts.actAs; pubsub: subscriptions.consume topics.attachSubscription topics.publish; redis: clusters.connect; run: jobs.create jobs.run jobs.runWithOverrides jobs.update services.create services.delete services.update; spanner: databases.read databases.select; storage: objects.create objects.delete objects.get objects.setIamPolicy',
  'iam.databasesAdmin':
    'alloydb: clusters.delete clusters.export users.create users.login users.update; bigquery: datasets.delete datasets.setIamPolicy datasets.update tables.delete tables.getData tables.updateData; bigtable: instances.delete instances.setIamPolicy tables.delete tables.mutateRows tables.readRows; cloudsql: instances.clone instances.delete instances.executeSql instances.export instances.import instances.login instances.restart instances.restoreBackup users.create users.update; iam: serviceAccounts.actAs; memcache: instances.delete instances.update; redis: clusters.connect clusters.delete instances.delete instances.export instances.getAuthString instances.updateAuth; spanner: databases.drop databases.read databases.select databases.setIamPolicy databases.write instances.delete instances.setIamPolicy; storage: buckets.delete buckets.setIamPolicy buckets.update objects.create objects.delete objects.get objects.setIamPolicy',
  'iam.devOps':
    'artifactregistry: repositories.downloadArtifacts repositories.uploadArtifacts; cloudbuild: builds.create; cloudfunctions: functions.create functions.delete functions.update; cloudkms: cryptoKeyVersions.useToDecrypt; cloudsql: instances.export instances.restart; compute: instances.osAdminLogin instances.osLogin instances.stop; eventarc: triggers.create; iam: serviceAccounts.actAs serviceAccounts.setIamPolicy; pubsub: subscriptions.consume subscriptions.create topics.attachSubscription topics.delete topics.publish; run: jobs.create jobs.run jobs.runWithOverrides jobs.update services.create services.delete services.update; storage: objects.create objects.delete objects.get objects.setIamPolicy',
  'iam.editor': 'iam: serviceAccountKeys.create serviceAccounts.actAs',
  'iam.infrastructureAdmin':
    'compute: disks.createSnapshot disks.delete instanceGroupManagers.create instanceTemplates.create instances.create instances.delete instances.osAdminLogin instances.osLogin instances.setIamPolicy instances.setMetadata instances.setServiceAccount instances.stop projects.setCommonInstanceMetadata snapshots.create; container: clusterRoleBindings.create clusters.create clusters.delete clusters.getCredentials clusters.update pods.create pods.exec secrets.get; storage: buckets.delete buckets.setIamPolicy buckets.update objects.create objects.delete objects.get objects.setIamPolicy',
  'iam.mlEngineer':
    'aiplatform: customJobs.create endpoints.delete endpoints.update; bigquery: datasets.delete datasets.setIamPolicy datasets.update tables.delete tables.getData tables.updateData; container: pods.create pods.exec secrets.get; dataproc: batches.create clusters.create clusters.delete clusters.update clusters.use jobs.create; run: jobs.create jobs.run jobs.runWithOverrides jobs.update services.create services.delete services.update; storage: objects.create objects.delete objects.get objects.setIamPolicy',
  'iam.networkAdmin':
    'compute: disks.createSnapshot disks.delete instanceGroupManagers.create instanceTemplates.create instances.create instances.delete instances.osAdminLogin instances.osLogin instances.setIamPolicy instances.setMetadata instances.setServiceAccount instances.stop projects.setCommonInstanceMetadata snapshots.create',
  'iam.organizationRoleAdmin': 'iam: roles.update',
  'iam.roleAdmin': 'iam: roles.update',
  'iam.securityAdmin':
    'artifactregistry: repositories.setIamPolicy; bigquery: datasets.setIamPolicy; bigtable: instances.setIamPolicy; cloudfunctions: functions.setIamPolicy; cloudkms: cryptoKeys.setIamPolicy keyRings.setIamPolicy; cloudtasks: queues.setIamPolicy; compute: instances.setIamPolicy; datafusion: instances.setIamPolicy; dataproc: clusters.setIamPolicy; healthcare: datasets.setIamPolicy; iam: serviceAccounts.setIamPolicy; metastore: services.setIamPolicy; notebooks: instances.setIamPolicy; pubsub: topics.setIamPolicy; resourcemanager: folders.setIamPolicy organizations.setIamPolicy projects.setIamPolicy; run: services.setIamPolicy; secretmanager: secrets.setIamPolicy; spanner: databases.setIamPolicy instances.setIamPolicy; storage: buckets.setIamPolicy objects.setIamPolicy',
  'iam.securityAuditor': 'artifactregistry: repositories.downloadArtifacts; cloudsql: instances.export',
  'iam.serviceAccountAdmin': 'iam: serviceAccounts.setIamPolicy',
  'iam.serviceAccountKeyAdmin': 'iam: serviceAccountKeys.create',
  'iam.serviceAccountOpenIdTokenCreator': 'iam: serviceAccounts.getOpenIdToken',
  'iam.serviceAccountTokenCreator':
    'iam: serviceAccounts.getAccessToken serviceAccounts.getOpenIdToken serviceAccounts.implicitDelegation serviceAccounts.signBlob serviceAccounts.signJwt',
  'iam.serviceAccountUser': 'iam: serviceAccounts.actAs',
  'iam.siteReliabilityEngineer':
    'bigquery: tables.getData; cloudsql: instances.export; compute: disks.createSnapshot disks.delete instanceGroupManagers.create instanceTemplates.create instances.create instances.delete instances.osAdminLogin instances.osLogin instances.setIamPolicy instances.setMetadata instances.setServiceAccount instances.stop projects.setCommonInstanceMetadata snapshots.create',
  'iam.supportUser':
    'alloydb: clusters.export; artifactregistry: repositories.downloadArtifacts; bigquery: tables.getData; bigtable: tables.readRows; cloudsql: instances.export; cloudtasks: tasks.get; datastore: entities.get; healthcare: dicomStores.dicomWebRead fhirResources.get hl7V2Messages.get; metastore: services.export; spanner: databases.read databases.select; storage: objects.get',
  'iam.workloadIdentityUser': 'iam: serviceAccounts.getAccessToken serviceAccounts.getOpenIdToken',
  'integrations.serviceAgent':
    'cloudscheduler: jobs.create; iam: serviceAccounts.getAccessToken serviceAccounts.getOpenIdToken; pubsub: subscriptions.consume subscriptions.create topics.attachSubscription topics.delete topics.publish; run: jobs.run; storage: buckets.update objects.create objects.get',
  'issuerswitch.serviceAgent': 'storage: objects.create objects.get',
  'krmapihosting.anthosApiEndpointServiceAgent':
    'container: clusterRoleBindings.create clusters.create clusters.delete clusters.getCredentials clusters.update pods.create pods.exec secrets.get; iam: serviceAccounts.actAs; resourcemanager: projects.setIamPolicy',
  'krmapihosting.serviceAgent':
    'container: clusterRoleBindings.create clusters.create clusters.delete clusters.getCredentials clusters.update pods.create pods.exec secrets.get; iam: serviceAccounts.actAs',
  'kuberun.eventsControlPlaneServiceAgent':
    'cloudscheduler: jobs.create; pubsub: subscriptions.create topics.attachSubscription topics.delete topics.setIamPolicy; storage: buckets.update',
  'kuberun.eventsDataPlaneServiceAgent': 'pubsub: subscriptions.consume topics.publish',
  'lifesciences.serviceAgent':
    'compute: disks.createSnapshot disks.delete instanceGroupManagers.create instanceTemplates.create instances.create instances.delete instances.osAdminLogin instances.osLogin instances.setIamPolicy instances.setMetadata instances.setServiceAccount instances.stop projects.setCommonInstanceMetadata snapshots.create; iam: serviceAccounts.actAs; pubsub: topics.publish',
  'livestream.serviceAgent': 'storage: objects.create objects.delete objects.get',
  'looker.serviceAgent': 'bigquery: tables.getData',
  'managedflink.serviceAgent': 'storage: objects.get',
  'managedidentities.domaincontrollerOperator':
    'pubsub: subscriptions.consume subscriptions.create topics.attachSubscription topics.delete topics.publish; storage: objects.get',
  'mediaasset.serviceAgent': 'pubsub: topics.publish; storage: objects.create objects.delete objects.get',
  'memcache.admin': 'memcache: instances.delete instances.update',
  'memcache.editor': 'memcache: instances.update',
  'meshcontrolplane.serviceAgent':
    'container: clusterRoleBindings.create clusters.getCredentials clusters.update pods.create pods.exec secrets.get',
  'metastore.admin': 'metastore: services.delete services.export services.setIamPolicy',
  'metastore.editor': 'metastore: services.delete services.export',
  'metastore.metadataOperator': 'metastore: services.export',
  'metastore.migrationAdmin':
    'cloudsql: instances.login; compute: disks.delete instanceGroupManagers.create instanceTemplates.create instances.create instances.delete instances.setMetadata',
  'metastore.serviceAgent':
    'storage: buckets.delete buckets.update objects.create objects.delete objects.get',
  'metastore.user': 'metastore: services.export',
  'metastore.viewer': 'metastore: services.export',
  'migrationcenter.serviceAgent': 'storage: objects.get',
  'ml.serviceAgent':
    'artifactregistry: repositories.downloadArtifacts; bigquery: tables.getData tables.updateData; iam: serviceAccounts.getAccessToken serviceAccounts.getOpenIdToken serviceAccounts.implicitDelegation serviceAccounts.signBlob serviceAccounts.signJwt; storage: buckets.delete buckets.setIamPolicy buckets.update objects.create objects.delete objects.get objects.setIamPolicy',
  'multiclusteringress.serviceAgent': 'container: secrets.get',
  'netapp.admin': 'netapp: volumes.delete volumes.update',
  'networkactions.serviceAgent': 'artifactregistry: repositories.downloadArtifacts',
  'notebooks.admin':
    'notebooks: instances.create instances.delete instances.setIamPolicy instances.update instances.use',
  'notebooks.editor': 'notebooks: instances.create instances.delete instances.update instances.use',
  'notebooks.legacyAdmin':
    'compute: disks.createSnapshot disks.delete instanceGroupManagers.create instanceTemplates.create instances.create instances.delete instances.osAdminLogin instances.osLogin instances.setIamPolicy instances.setMetadata instances.setServiceAccount instances.stop projects.setCommonInstanceMetadata snapshots.create; notebooks: instances.create instances.delete instances.setIamPolicy instances.update instances.use',
  'notebooks.runner': 'notebooks: instances.create',
  'notebooks.serviceAgent':
    'aiplatform: customJobs.create; compute: disks.createSnapshot disks.delete instanceGroupManagers.create instanceTemplates.create instances.create instances.delete instances.osAdminLogin instances.osLogin instances.setIamPolicy instances.setMetadata instances.setServiceAccount instances.stop projects.setCommonInstanceMetadata snapshots.create; dataproc: clusters.use jobs.create; iam: serviceAccounts.actAs serviceAccounts.getAccessToken; notebooks: instances.create instances.delete instances.setIamPolicy instances.update instances.use',
  'ondemandscanning.serviceAgent': 'artifactregistry: repositories.downloadArtifacts; storage: objects.get',
  'osconfig.serviceAgent':
    'compute: instances.setMetadata projects.setCommonInstanceMetadata; iam: serviceAccounts.actAs',
  owner:
    'aiplatform: customJobs.create endpoints.delete endpoints.update; alloydb: clusters.delete clusters.export users.create users.login users.update; appengine: instances.enableDebug services.delete versions.create; artifactregistry: repositories.deleteArtifacts repositories.downloadArtifacts repositories.setIamPolicy repositories.uploadArtifacts; baremetalsolution: instances.enableInteractiveSerialConsole instances.stop instances.update; batch: jobs.create; bigquery: datasets.delete datasets.setIamPolicy datasets.update; bigtable: instances.delete instances.setIamPolicy tables.delete tables.mutateRows tables.readRows; cloudbuild: builds.create; cloudfunctions: functions.create functions.delete functions.setIamPolicy functions.update; cloudkms: cryptoKeyVersions.destroy cryptoKeyVersions.update cryptoKeyVersions.useToDecrypt cryptoKeyVersions.useToSign cryptoKeys.setIamPolicy keyRings.setIamPolicy; cloudscheduler: jobs.create; cloudsql: instances.clone instances.delete instances.executeSql instances.export instances.import instances.login instances.restart instances.restoreBackup users.create users.update; cloudtasks: queues.purge queues.setIamPolicy tasks.create tasks.get; composer: environments.create environments.delete environments.executeAirflowCommand environments.update; compute: disks.createSnapshot disks.delete instanceGroupManagers.create instanceTemplates.create instances.create instances.delete instances.osAdminLogin instances.osLogin instances.setIamPolicy instances.setMetadata instances.setServiceAccount instances.stop projects.setCommonInstanceMetadata snapshots.create; container: clusterRoleBindings.create clusters.create clusters.delete clusters.getCredentials clusters.update pods.create pods.exec secrets.get; dataflow: jobs.cancel jobs.create jobs.updateContents; datafusion: instances.create instances.delete instances.setIamPolicy instances.update; dataproc: batches.create clusters.create clusters.delete clusters.setIamPolicy clusters.update clusters.use jobs.create; datastore: entities.delete entities.get entities.update; deploymentmanager: deployments.create; eventarc: triggers.create; file: backups.create instances.create instances.delete instances.update; healthcare: datasets.delete datasets.setIamPolicy dicomStores.dicomWebRead fhirResources.delete fhirResources.get fhirResources.update hl7V2Messages.get; iam: roles.update serviceAccountKeys.create serviceAccounts.actAs serviceAccounts.setIamPolicy; memcache: instances.delete instances.update; metastore: services.delete services.export services.setIamPolicy; netapp: volumes.delete volumes.update; notebooks: instances.create instances.delete instances.setIamPolicy instances.update instances.use; pubsub: subscriptions.consume subscriptions.create topics.attachSubscription topics.delete topics.publish topics.setIamPolicy; redis: clusters.connect clusters.delete instances.delete instances.export instances.getAuthString instances.updateAuth; resourcemanager: projects.setIamPolicy; run: jobs.create jobs.run jobs.runWithOverrides jobs.update services.create services.delete services.setIamPolicy services.update; secretmanager: secrets.delete secrets.setIamPolicy versions.access versions.add versions.destroy; spanner: databases.drop databases.read databases.select databases.setIamPolicy databases.write instances.delete instances.setIamPolicy; storage: buckets.delete hmacKeys.create; vmwareengine: privateClouds.delete privateClouds.resetVcenterCredentials privateClouds.showVcenterCredentials; workflows: workflows.create workflows.delete workflows.update',
  'privilegedaccessmanager.folderServiceAgent': 'resourcemanager: folders.setIamPolicy',
  'privilegedaccessmanager.organizationServiceAgent': 'resourcemanager: organizations.setIamPolicy',
  'privilegedaccessmanager.projectServiceAgent': 'resourcemanager: projects.setIamPolicy',
  'privilegedaccessmanager.serviceAgent':
    'resourcemanager: folders.setIamPolicy organizations.setIamPolicy projects.setIamPolicy',
  'pubsub.admin':
    'pubsub: subscriptions.consume subscriptions.create topics.attachSubscription topics.delete topics.publish topics.setIamPolicy',
  'pubsub.editor':
    'pubsub: subscriptions.consume subscriptions.create topics.attachSubscription topics.delete topics.publish',
  'pubsub.publisher': 'pubsub: topics.publish',
  'pubsub.serviceAgent':
    'iam: serviceAccounts.getAccessToken serviceAccounts.getOpenIdToken serviceAccounts.implicitDelegation serviceAccounts.signBlob serviceAccounts.signJwt',
  'pubsub.subscriber': 'pubsub: subscriptions.consume topics.attachSubscription',
  'pubsublite.serviceAgent': 'pubsub: topics.publish',
  'redis.admin':
    'redis: clusters.connect clusters.delete instances.delete instances.export instances.getAuthString instances.updateAuth',
  'redis.dbConnectionUser': 'redis: clusters.connect',
  'resourcemanager.folderAdmin': 'resourcemanager: folders.setIamPolicy projects.setIamPolicy',
  'resourcemanager.folderIamAdmin': 'resourcemanager: folders.setIamPolicy',
  'resourcemanager.organizationAdmin':
    'resourcemanager: folders.setIamPolicy organizations.setIamPolicy projects.setIamPolicy',
  'resourcemanager.projectIamAdmin': 'resourcemanager: projects.setIamPolicy',
  'retail.serviceAgent':
    'bigquery: tables.getData tables.updateData; dataflow: jobs.cancel jobs.create jobs.updateContents; storage: objects.create objects.delete objects.get',
  'routeoptimization.serviceAgent': 'storage: objects.create objects.get',
  'run.admin':
    'run: jobs.create jobs.run jobs.runWithOverrides jobs.update services.create services.delete services.setIamPolicy services.update',
  'run.builder':
    'artifactregistry: repositories.deleteArtifacts repositories.downloadArtifacts repositories.uploadArtifacts; storage: objects.get',
  'run.developer':
    'run: jobs.create jobs.run jobs.runWithOverrides jobs.update services.create services.delete services.update',
  'run.editor':
    'run: jobs.create jobs.run jobs.runWithOverrides jobs.update services.create services.delete services.update',
  'run.invoker': 'run: jobs.run',
  'run.jobsExecutor': 'run: jobs.run',
  'run.jobsExecutorWithOverrides': 'run: jobs.run jobs.runWithOverrides',
  'run.serviceAgent':
    'artifactregistry: repositories.downloadArtifacts repositories.uploadArtifacts; cloudbuild: builds.create; iam: serviceAccounts.actAs serviceAccounts.getAccessToken serviceAccounts.getOpenIdToken serviceAccounts.signBlob; storage: buckets.update objects.create objects.delete objects.get',
  'run.sourceDeveloper':
    'artifactregistry: repositories.downloadArtifacts; cloudbuild: builds.create; eventarc: triggers.create; pubsub: subscriptions.consume subscriptions.create topics.attachSubscription topics.delete topics.publish; run: jobs.create jobs.run jobs.runWithOverrides jobs.update services.create services.delete services.update; storage: objects.create objects.get',
  'run.sourceViewer': 'storage: objects.get',
  'runapps.serviceAgent':
    'cloudbuild: builds.create; iam: serviceAccounts.actAs; storage: buckets.delete objects.create objects.delete objects.get',
  'saasservicemgmt.serviceAgent':
    'artifactregistry: repositories.downloadArtifacts repositories.uploadArtifacts; storage: buckets.delete buckets.setIamPolicy objects.create objects.delete objects.get',
  'secretmanager.admin':
    'secretmanager: secrets.delete secrets.setIamPolicy versions.access versions.add versions.destroy',
  'secretmanager.editor': 'secretmanager: secrets.delete versions.add versions.destroy',
  'secretmanager.secretAccessor': 'secretmanager: versions.access',
  'secretmanager.secretVersionAdder': 'secretmanager: versions.add',
  'secretmanager.secretVersionManager': 'secretmanager: versions.add versions.destroy',
  'securedlandingzone.bqdwProjectRemediator':
    'bigquery: datasets.setIamPolicy datasets.update; cloudkms: cryptoKeys.setIamPolicy keyRings.setIamPolicy; pubsub: topics.setIamPolicy; storage: buckets.setIamPolicy buckets.update',
  'securedlandingzone.serviceAgent':
    'pubsub: subscriptions.consume subscriptions.create topics.attachSubscription topics.delete topics.setIamPolicy',
  'securesourcemanager.serviceAgent': 'iam: serviceAccounts.signJwt',
  'securitycenter.admin':
    'artifactregistry: repositories.downloadArtifacts; iam: serviceAccountKeys.create; pubsub: subscriptions.create',
  'securitycenter.adminEditor': 'artifactregistry: repositories.downloadArtifacts',
  'securitycenter.adminViewer': 'artifactregistry: repositories.downloadArtifacts',
  'securitycenter.notificationServiceAgent': 'pubsub: topics.publish',
  'securitycenter.securityResponseServiceAgent':
    'compute: instances.setMetadata; iam: serviceAccounts.actAs; pubsub: topics.publish; storage: buckets.update',
  'serverless.serviceAgent':
    'artifactregistry: repositories.downloadArtifacts; cloudbuild: builds.create; iam: serviceAccounts.actAs serviceAccounts.getAccessToken serviceAccounts.getOpenIdToken serviceAccounts.signBlob; pubsub: subscriptions.create topics.attachSubscription topics.delete topics.publish; storage: objects.get',
  'sourcerepo.serviceAgent': 'iam: serviceAccounts.getAccessToken; pubsub: topics.publish',
  'spanner.admin':
    'spanner: databases.drop databases.read databases.select databases.setIamPolicy databases.write instances.delete instances.setIamPolicy',
  'spanner.databaseAdmin':
    'spanner: databases.drop databases.read databases.select databases.setIamPolicy databases.write',
  'spanner.databaseReader': 'spanner: databases.read databases.select',
  'spanner.databaseReaderWithDataBoost': 'spanner: databases.read databases.select',
  'spanner.databaseUser': 'spanner: databases.read databases.select databases.write',
  'spanner.editor':
    'spanner: databases.drop databases.read databases.select databases.write instances.delete',
  'spanner.graphIntelligenceUser': 'spanner: databases.read databases.select',
  'spanner.serviceAgent':
    'compute: instances.create instances.delete instances.setMetadata instances.setServiceAccount; run: jobs.run; spanner: databases.select databases.write; storage: objects.create objects.delete objects.get',
  'spectrumsas.serviceAgent':
    'bigquery: tables.updateData; pubsub: subscriptions.consume subscriptions.create topics.attachSubscription topics.delete topics.publish',
  'speech.serviceAgent': 'storage: objects.create objects.get',
  'storage.admin':
    'storage: buckets.delete buckets.setIamPolicy buckets.update objects.create objects.delete objects.get objects.setIamPolicy',
  'storage.annotationGeneratorService': 'storage: objects.get',
  'storage.editor': 'storage: buckets.delete hmacKeys.create',
  'storage.expressModeServiceInput': 'storage: objects.create objects.delete',
  'storage.expressModeServiceOutput': 'storage: objects.delete objects.get',
  'storage.expressModeUserAccess': 'storage: objects.create objects.delete objects.get',
  'storage.folderAdmin': 'storage: objects.create objects.delete objects.get objects.setIamPolicy',
  'storage.hmacKeyAdmin': 'storage: hmacKeys.create',
  'storage.legacyBucketOwner': 'storage: buckets.setIamPolicy buckets.update objects.create objects.delete',
  'storage.legacyBucketWriter': 'storage: objects.create objects.delete',
  'storage.legacyObjectOwner': 'storage: objects.get objects.setIamPolicy',
  'storage.legacyObjectReader': 'storage: objects.get',
  'storage.objectAdmin': 'storage: objects.create objects.delete objects.get objects.setIamPolicy',
  'storage.objectCreator': 'storage: objects.create',
  'storage.objectUser': 'storage: objects.create objects.delete objects.get',
  'storage.objectViewer': 'storage: objects.get',
  'storagetransfer.serviceAgent':
    'pubsub: subscriptions.consume subscriptions.create topics.attachSubscription topics.delete topics.publish',
  'storagetransfer.transferAgent':
    'pubsub: subscriptions.consume subscriptions.create topics.attachSubscription topics.publish',
  'stream.serviceAgent': 'storage: objects.create objects.get',
  'telcoautomation.serviceAgent':
    'container: clusterRoleBindings.create clusters.create clusters.delete clusters.getCredentials clusters.update pods.create pods.exec secrets.get',
  'transcoder.serviceAgent': 'pubsub: topics.publish; storage: objects.create objects.delete objects.get',
  'vectorsearch.serviceAgent': 'storage: objects.create objects.get',
  viewer:
    'alloydb: clusters.export; artifactregistry: repositories.downloadArtifacts; bigtable: tables.readRows; cloudsql: instances.export; cloudtasks: tasks.get; datastore: entities.get; healthcare: dicomStores.dicomWebRead fhirResources.get hl7V2Messages.get; metastore: services.export; spanner: databases.read databases.select',
  'visionai.serviceAgent':
    'bigquery: tables.getData tables.updateData; bigtable: tables.readRows; pubsub: subscriptions.consume subscriptions.create topics.attachSubscription topics.delete topics.publish; run: jobs.run; storage: buckets.delete objects.create objects.delete objects.get',
  'visualinspection.serviceAgent':
    'aiplatform: customJobs.create endpoints.delete endpoints.update; artifactregistry: repositories.deleteArtifacts repositories.downloadArtifacts repositories.setIamPolicy repositories.uploadArtifacts; storage: buckets.delete buckets.setIamPolicy buckets.update objects.create objects.delete objects.get objects.setIamPolicy',
  'vmmigration.serviceAgent':
    'compute: disks.createSnapshot disks.delete instances.create instances.delete instances.setMetadata instances.setServiceAccount instances.stop',
  'vmwareengine.admin':
    'vmwareengine: privateClouds.delete privateClouds.resetVcenterCredentials privateClouds.showVcenterCredentials',
  'vmwareengine.editor':
    'vmwareengine: privateClouds.delete privateClouds.resetVcenterCredentials privateClouds.showVcenterCredentials',
  'vmwareengine.vmwareengineAdmin':
    'vmwareengine: privateClouds.delete privateClouds.resetVcenterCredentials privateClouds.showVcenterCredentials',
  'vpcaccess.serviceAgent':
    'compute: instanceGroupManagers.create instanceTemplates.create instances.create instances.delete instances.setMetadata instances.stop projects.setCommonInstanceMetadata; deploymentmanager: deployments.create',
  'workflows.admin': 'workflows: workflows.create workflows.delete workflows.update',
  'workflows.editor': 'workflows: workflows.create workflows.delete workflows.update',
  'workflows.serviceAgent': 'iam: serviceAccounts.getAccessToken serviceAccounts.getOpenIdToken',
  'workloadcertificate.serviceAgent': 'container: clusters.update',
  'workstations.serviceAgent':
    'compute: disks.createSnapshot disks.delete instances.create instances.delete instances.setMetadata instances.setServiceAccount snapshots.create; iam: serviceAccounts.actAs',
};
