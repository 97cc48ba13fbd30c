/** Holds the files of infra/docker, infra/kubernetes and infra/monitoring to the code, and to the schemas of their readers. */
package dev.tarn.deploy;
