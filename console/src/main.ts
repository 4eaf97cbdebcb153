import { mount } from 'svelte';
import App from './App.svelte';
import { keepComposingKeys } from './model/composing';
import { applySettings } from './model/settings.svelte';
import './style/base.css';

keepComposingKeys();
applySettings();
mount(App, { target: document.getElementById('app')! });
