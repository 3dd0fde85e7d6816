"""What a release is told by: version, changelog, icons, the signed news of updates, the files for publication."""
