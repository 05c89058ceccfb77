/**
 * Ways to run own code as a service account: the right to act as the account together with the right to start something that
 * carries it. Neither half alone reaches the account. After Google's documentation of attaching service accounts.
 */
export interface CompositeRule {
  id: string;
  /** All of these, on a project that can hold what is started. */
  needs: readonly string[];
  /** What is started, or taken over. */
  starts: string;
  /** Native type of existing workloads that are taken over besides; absent = something new is started. */
  over?: string;
}

export const ACT_AS = 'iam.serviceAccounts.actAs';

export const COMPOSITE_RULES: readonly CompositeRule[] = [
  {id: 'compute-instance', needs: ['compute.instances.create'], starts: 'a virtual machine'},
  {
    id: 'compute-set-account',
    needs: ['compute.instances.setServiceAccount', 'compute.instances.setMetadata'],
    starts: 'an existing virtual machine with another account',
  },
  {
    id: 'compute-metadata',
    needs: ['compute.instances.setMetadata'],
    starts: 'code on an existing virtual machine',
    over: 'compute.googleapis.com/Instance',
  },
  {
    id: 'compute-login',
    needs: ['compute.instances.osAdminLogin'],
    starts: 'a shell on an existing virtual machine',
    over: 'compute.googleapis.com/Instance',
  },
  {
    id: 'compute-policy',
    needs: ['compute.instances.setIamPolicy'],
    starts: 'an own login to an existing virtual machine',
    over: 'compute.googleapis.com/Instance',
  },
  {
    id: 'compute-template',
    needs: ['compute.instanceTemplates.create', 'compute.instanceGroupManagers.create'],
    starts: 'an instance group',
  },
  {id: 'function-create', needs: ['cloudfunctions.functions.create'], starts: 'a function'},
  {id: 'function-update', needs: ['cloudfunctions.functions.update'], starts: 'an existing function'},
  {id: 'run-service-create', needs: ['run.services.create'], starts: 'a Cloud Run service'},
  {id: 'run-service-update', needs: ['run.services.update'], starts: 'an existing Cloud Run service'},
  {id: 'run-job', needs: ['run.jobs.create', 'run.jobs.run'], starts: 'a Cloud Run job'},
  {id: 'scheduler', needs: ['cloudscheduler.jobs.create'], starts: 'a scheduled call'},
  {id: 'cloud-build', needs: ['cloudbuild.builds.create'], starts: 'a build'},
  {id: 'dataflow', needs: ['dataflow.jobs.create'], starts: 'a Dataflow job'},
  {id: 'dataproc', needs: ['dataproc.clusters.create'], starts: 'a Dataproc cluster'},
  {id: 'dataproc-batch', needs: ['dataproc.batches.create'], starts: 'a Dataproc batch'},
  {id: 'composer', needs: ['composer.environments.create'], starts: 'a Composer environment'},
  {id: 'workflow-create', needs: ['workflows.workflows.create'], starts: 'a workflow'},
  {id: 'workflow-update', needs: ['workflows.workflows.update'], starts: 'an existing workflow'},
  {id: 'notebook', needs: ['notebooks.instances.create'], starts: 'a notebook'},
  {id: 'ai-custom-job', needs: ['aiplatform.customJobs.create'], starts: 'a training job'},
  {id: 'batch', needs: ['batch.jobs.create'], starts: 'a Batch job'},
  {id: 'app-engine', needs: ['appengine.versions.create'], starts: 'an App Engine version'},
  {id: 'gke', needs: ['container.clusters.create'], starts: 'a Kubernetes cluster'},
  {id: 'data-fusion', needs: ['datafusion.instances.create'], starts: 'a Data Fusion instance'},
  {id: 'deployment-manager', needs: ['deploymentmanager.deployments.create'], starts: 'a deployment'},
  {id: 'eventarc', needs: ['eventarc.triggers.create'], starts: 'an event trigger'},
];
