package main

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

var restricted = api.LevelVersion{Level: api.LevelRestricted, Version: api.LatestVersion()}

// notRestricted says why a namespace that enforces restricted would not let the object's pods in.
func notRestricted(object any) []string {
	spec := pod(object)
	if spec == nil {
		return nil
	}
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		panic(err) // the checks are compiled in, and agree with each other or never do
	}
	results := policy.AggregateCheckResults(evaluator.EvaluatePod(restricted, &metav1.ObjectMeta{}, spec))
	if results.Allowed {
		return nil
	}
	return []string{"not restricted: " + results.ForbiddenDetail()}
}
